package dev.jeton.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Texts are formatted with {@code %s} and {@code %x}. The other conversions of {@link java.util.Formatter} use the digits and signs of the
 * host's locale: {@code %d} of 1 is U+0661 in Egypt.
 */
class LocaleIndependentFormatsTest {
    private static final Pattern USES_LOCALE =
            Pattern.compile("\"[^\"\\n]*%(\\d+\\$)?[-#+ 0,(]*\\d*(\\.\\d+)?([dfeEgG](?![{\\w])|[tT][a-zA-Z])");

    @Test
    void mainCodeUsesNoConversionThatDependsOnTheLocale() throws IOException {
        List<String> found = new ArrayList<>();
        try (Stream<Path> modules = Files.list(Path.of(".."))) {
            for (Path sources : modules.map(module -> module.resolve("src/main/java"))
                    .filter(Files::isDirectory)
                    .toList()) {
                try (Stream<Path> files = Files.walk(sources)) {
                    for (Path file : files.filter(path -> path.toString().endsWith(".java"))
                            .toList()) {
                        Files.readAllLines(file).stream()
                                .filter(line -> USES_LOCALE.matcher(line).find())
                                .forEach(line -> found.add(file + ": " + line.strip()));
                    }
                }
            }
        }

        assertThat(found).as("use %s instead").isEmpty();
    }

    @Test
    void recognizesConversionsThatDependOnTheLocale() {
        assertThat(Stream.of("\"at most %d\"", "\"%,d\"", "\"[%2$d]\"", "\"%.1f ms\"", "\"%tY\""))
                .allMatch(line -> USES_LOCALE.matcher(line).find());
        assertThat(Stream.of("\"at most %s\"", "\"U+%04X\"", "\"100 % sure\"", "\"%%\"", "\"%n\"", "%d"))
                .noneMatch(line -> USES_LOCALE.matcher(line).find());
    }
}
