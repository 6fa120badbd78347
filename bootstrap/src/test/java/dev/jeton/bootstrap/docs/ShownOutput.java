package dev.jeton.bootstrap.docs;

import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Output as a page shows it, with "…" for what differs from run to run: within a line for at least one character, as the whole line for
 * any number of lines.
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
