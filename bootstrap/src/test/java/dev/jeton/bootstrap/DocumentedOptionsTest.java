package dev.jeton.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jeton.bootstrap.config.Environment;
import dev.jeton.bootstrap.docs.Page;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** Every option and environment variable in the documentation exists. */
class DocumentedOptionsTest {
    private static final Pattern OPTION = Pattern.compile("(?<![\\w-])--[a-z][a-z0-9-]+");
    private static final Pattern VARIABLE = Pattern.compile("\\bJETON_[A-Z_]+\\b");

    /** Options of other programs. */
    private static final Set<String> OTHERS = Set.of("--exclude-source-info", "--path", "--roles-only");

    @Test
    void everyOptionThatAPageNamesExists() {
        Set<String> known =
                options(Jeton.commandLine(new Environment(Map.of()))).collect(Collectors.toSet());

        assertThat(named(OPTION))
                .hasSizeGreaterThan(20)
                .filteredOn(option -> !OTHERS.contains(option))
                .isSubsetOf(known);
    }

    @Test
    void everyVariableThatAPageNamesExists() {
        Set<String> known = options(Jeton.commandLine(new Environment(Map.of())))
                .map(option ->
                        "JETON_" + option.substring(2).toUpperCase(Locale.ROOT).replace('-', '_'))
                .collect(Collectors.toSet());
        known.add("JETON_DB_PASSWORD");

        assertThat(named(VARIABLE)).isNotEmpty().isSubsetOf(known);
    }

    private static Stream<String> options(CommandLine command) {
        return Stream.concat(
                command.getCommandSpec().options().stream().map(option -> option.longestName()),
                command.getSubcommands().values().stream().flatMap(DocumentedOptionsTest::options));
    }

    private static Set<String> named(Pattern pattern) {
        return Page.all().stream()
                .flatMap(page -> page.lines().stream())
                .flatMap(line -> pattern.matcher(line).results().map(MatchResult::group))
                .collect(Collectors.toSet());
    }
}
