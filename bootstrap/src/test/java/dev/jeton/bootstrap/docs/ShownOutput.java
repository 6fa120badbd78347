package dev.jeton.bootstrap.docs;

import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Output as a page shows it. "…" within a line matches at least one character of that line; alone on a line it matches any number of lines.
 */
final class ShownOutput {
    private static final String ELISION = "…";

    private ShownOutput() {}

    static boolean matches(String shown, String actual) {
        String pattern = Arrays.stream(shown.stripTrailing().split("\n"))
                .map(line -> line.strip().equals(ELISION) ? "(?:.*\n)*?" : pattern(line) + "\n")
                .collect(Collectors.joining());
        return Pattern.matches(pattern, actual.stripTrailing() + "\n");
    }

    private static String pattern(String line) {
        return Arrays.stream(line.split(ELISION, -1)).map(Pattern::quote).collect(Collectors.joining(".+?"));
    }
}
