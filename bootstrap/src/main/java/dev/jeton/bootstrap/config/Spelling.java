package dev.jeton.bootstrap.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds what somebody may have meant. */
final class Spelling {
    private static final int MOST_MISTAKES = 3;

    private Spelling() {}

    /** The known word with the fewest letters to insert, leave out or replace, if they are few. */
    static Optional<String> closest(String word, Collection<String> known) {
        return known.stream()
                .filter(candidate -> mistakes(word, candidate) <= MOST_MISTAKES)
                .min(Comparator.comparingInt(candidate -> mistakes(word, candidate)));
    }

    /** Levenshtein's distance. */
    private static int mistakes(String one, String other) {
        int[] previous = new int[other.length() + 1];
        for (int j = 0; j <= other.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int[] current = new int[other.length() + 1];
            current[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int replaced = previous[j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(replaced, 1 + Math.min(previous[j], current[j - 1]));
            }
            previous = current;
        }
        return previous[other.length()];
    }
}
