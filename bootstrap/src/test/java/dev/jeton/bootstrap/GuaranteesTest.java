package dev.jeton.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/guarantees.md speaks of what there is. */
class GuaranteesTest {
    private static final int PROMISES = 16;
    private static final Pattern ROW = Pattern.compile("(?m)^\\| (G\\d+) \\|.*$");
    private static final Pattern TYPE = Pattern.compile("`([A-Z][A-Za-z0-9]*[a-z][A-Za-z0-9]*)\\b[^`]*`");
    private static final Pattern TEST = Pattern.compile("`[A-Z][A-Za-z0-9]*(IT|Test)`");

    @Test
    void everyPromiseHasATest() throws IOException {
        List<MatchResult> rows = ROW.matcher(page()).results().limit(PROMISES).toList();

        assertThat(rows)
                .extracting(row -> row.group(1))
                .containsExactlyElementsOf(IntStream.rangeClosed(1, PROMISES)
                        .mapToObj(n -> "G" + n)
                        .toList());
        assertThat(rows).allSatisfy(row -> assertThat(row.group()).containsPattern(TEST));
    }

    @Test
    void everyTestAndProgramThatItNamesExists() throws IOException {
        Set<String> sources;
        try (Stream<Path> files = Files.walk(Path.of(".."))) {
            sources = files.filter(file -> file.toString().contains("src"))
                    .map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".java"))
                    .map(name -> name.substring(0, name.length() - ".java".length()))
                    .collect(Collectors.toSet());
        }

        assertThat(TYPE.matcher(page()).results().map(name -> name.group(1)))
                .hasSizeGreaterThan(20)
                .isSubsetOf(sources);
    }

    private static String page() throws IOException {
        return Files.readString(Path.of("..", "docs", "guarantees.md"));
    }
}
