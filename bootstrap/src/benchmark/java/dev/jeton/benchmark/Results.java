package dev.jeton.benchmark;

import dev.jeton.benchmark.Loads.Measured;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** What was measured, line by line, and how it is shown: in Markdown. Not thread-safe. */
final class Results {
    private static final double TOLERABLE = 0.1;

    private final List<Row> rows = new ArrayList<>();
    private final List<Taken> taken = new ArrayList<>();

    private record Row(String line, String what, String target, String measured, String ratio, Met met) {}

    private record Taken(String what, Shares shares) {}

    /** How a figure compares with its target. */
    enum Met {
        MET("met"),
        MISSED("**missed**"),
        /** There is no target, or no figure. */
        TOLD("");

        private final String word;

        Met(String word) {
            this.word = word;
        }

        static Met when(boolean met) {
            return met ? MET : MISSED;
        }
    }

    /**
     * Adds a line.
     *
     * @param line such as P1; another letter for a reference
     * @param ratio may be empty
     */
    void add(String line, String what, String target, String measured, String ratio, Met met) {
        rows.add(new Row(line, what, target, measured, ratio, met));
        Progress.say("%s %s: %s %s %s", line, what, measured, ratio, met.word);
    }

    /** Notes who took the processors meanwhile. */
    void note(String what, Measured measured) {
        taken.add(new Taken(what, measured.shares()));
        Progress.say("%s: %s; %s", what, rateAndLatency(measured), measured.shares());
    }

    /** Both tables. */
    String text() {
        StringBuilder text = new StringBuilder("| | what | target | measured | ratio | |\n|---|---|---|---|---|---|\n");
        rows.stream()
                .sorted(Comparator.comparingInt(row -> order(row.line())))
                .forEach(row -> text.append(String.format(
                        "| %s | %s | %s | %s | %s | %s |\n",
                        row.line(), row.what(), row.target(), row.measured(), row.ratio(), row.met().word)));
        text.append("\n| cores taken while measuring | load | server | PostgreSQL | others |\n|---|---|---|---|---|\n");
        taken.forEach(share -> text.append(String.format(
                Locale.ROOT,
                "| %s | %.2f | %.2f | %.2f | %.2f |\n",
                share.what(),
                share.shares().load(),
                share.shares().server(),
                share.shares().postgres(),
                share.shares().others())));
        double others = taken.stream()
                .mapToDouble(share -> share.shares().others())
                .max()
                .orElse(0);
        if (others > TOLERABLE) {
            text.append(String.format(
                    Locale.ROOT,
                    "\nThe machine was not quiet: others took up to %.2f cores. Believe the ratios a little, the rates not at all.\n",
                    others));
        }
        return text.toString();
    }

    static String rateAndLatency(Measured measured) {
        return "%s, p50 %s, p99 %s"
                .formatted(
                        rate(measured.perSecond()),
                        millis(measured.report().p50Millis()),
                        millis(measured.report().p99Millis()));
    }

    static String rate(double perSecond) {
        return String.format(Locale.ROOT, "%,.0f/s", perSecond);
    }

    static String millis(double millis) {
        return String.format(Locale.ROOT, "%.2f ms", millis);
    }

    static String ratio(double ratio) {
        return String.format(Locale.ROOT, "%.2f", ratio);
    }

    /** References come first, then P1 to P10. */
    private static int order(String line) {
        return switch (line.charAt(0)) {
            case 'P' -> Integer.parseInt(line.substring(1));
            case 'G' -> 100;
            default -> 0;
        };
    }
}
