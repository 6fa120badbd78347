package dev.jeton.bootstrap.benchmark;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** What was measured, line by line, and how it is shown: a Markdown table. Not thread-safe. */
final class Results {
    private final List<Row> rows = new ArrayList<>();

    /** A line of the table. {@code ratio} may be empty. */
    record Row(String line, String what, String target, String measured, String ratio, Met met) {}

    enum Met {
        MET("met"),
        MISSED("**missed**"),
        TOLD("");

        private final String word;

        Met(String word) {
            this.word = word;
        }

        static Met when(boolean met) {
            return met ? MET : MISSED;
        }
    }

    void add(String line, String what, String target, String measured, String ratio, Met met) {
        Row row = new Row(line, what, target, measured, ratio, met);
        rows.add(row);
        Progress.say("%s %s: %s %s %s", line, what, measured, ratio, met.word);
    }

    String table() {
        StringBuilder table =
                new StringBuilder("| | what | target | measured | ratio | |\n|---|---|---|---|---|---|\n");
        rows.stream()
                .sorted(Comparator.comparingInt(row -> order(row.line())))
                .forEach(row -> table.append("| %s | %s | %s | %s | %s | %s |%n"
                        .formatted(row.line(), row.what(), row.target(), row.measured(), row.ratio(), row.met().word)));
        return table.toString();
    }

    /** A rate as people write it. */
    static String perSecond(double rate) {
        return String.format(Locale.ROOT, "%,.0f/s", rate);
    }

    static String millis(double millis) {
        return String.format(Locale.ROOT, "%.2f ms", millis);
    }

    static String ratio(double ratio) {
        return String.format(Locale.ROOT, "%.2f", ratio);
    }

    /** References come first, then P1 to P10. */
    private static int order(String line) {
        return line.startsWith("P") ? Integer.parseInt(line.substring(1)) : 0;
    }
}
