package dev.jeton.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/guarantees.md names, for each promise, exactly the tests that are tagged with it. {@link GuaranteesRanIT} checks that they ran. */
class GuaranteesTest {
    /** The others have no test yet. */
    private static final List<Integer> PROMISES = IntStream.concat(IntStream.rangeClosed(1, 18), IntStream.of(21, 22))
            .boxed()
            .toList();

    private static final String END_OF_PROMISES = "## Last measured";
    private static final Pattern ROW = Pattern.compile("(?m)^\\| (G\\d+) \\|.*$");
    private static final Pattern TEST = Pattern.compile("`([A-Z][A-Za-z0-9]*(?:IT|Test))`");
    private static final Pattern TYPE = Pattern.compile("`([A-Z][A-Za-z0-9]*[a-z][A-Za-z0-9]*)\\b[^`]*`");

    @Test
    void everyPromiseHasItsRow() throws IOException {
        assertThat(namedTests())
                .containsOnlyKeys(PROMISES.stream().map(n -> "G" + n).toArray(String[]::new));
    }

    @Test
    void everyRowNamesTheTestsTaggedWithItsPromise() throws IOException {
        Map<String, Set<String>> tagged = new TreeMap<>();
        TaggedTests.ofAllModules()
                .forEach((promise, tests) -> tagged.put(
                        promise,
                        tests.stream()
                                .map(TaggedTests.Tagged::simpleName)
                                .collect(Collectors.toCollection(TreeSet::new))));

        assertThat(tagged).isEqualTo(namedTests());
    }

    @Test
    void everyTypeThatThePageNamesExists() throws IOException {
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

    private static Map<String, Set<String>> namedTests() throws IOException {
        Map<String, Set<String>> named = new TreeMap<>();
        String promises = page().substring(0, page().indexOf(END_OF_PROMISES));
        for (MatchResult row : ROW.matcher(promises).results().toList()) {
            named.put(
                    row.group(1),
                    TEST.matcher(row.group())
                            .results()
                            .map(test -> test.group(1))
                            .collect(Collectors.toCollection(TreeSet::new)));
        }
        return named;
    }

    private static String page() throws IOException {
        return Files.readString(Path.of("..", "docs", "guarantees.md"));
    }
}
