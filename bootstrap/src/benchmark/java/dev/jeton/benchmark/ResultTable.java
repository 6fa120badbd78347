package dev.jeton.benchmark;

import dev.jeton.benchmark.LoadProcess.Measured;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The results as a Markdown table. Not thread-safe. */
final class ResultTable {
    private static final double QUIET_CORES = 0.1;
    private static final String HEAD = """
            | | What | Target | Measured | Ratio | Cores: load, server, PostgreSQL, others | |
            |---|---|---|---|---|---|---|
            """;

    private final List<Row> rows = new ArrayList<>();

    private record Row(
            String line,
            String what,
            String target,
            String measured,
            String ratio,
            Optional<CoreUse> cores,
            String result) {

        @Override
        public String toString() {
            String use = cores.map(CoreUse::toString).orElse("");
            return "| %s | %s | %s | %s | %s | %s | %s |\n".formatted(line, what, target, measured, ratio, use, result);
        }

        /** References come first, then P1 to P16. */
        int order() {
            return line.startsWith("P") ? Integer.parseInt(line.substring(1)) : 0;
        }
    }

    /** Adds a figure without a target. */
    void addReference(String line, String what, String measured, CoreUse cores) {
        add(new Row(line, what, "", measured, "", Optional.of(cores), ""));
    }

    /** Adds a figure without a target, of no load. */
    void addReference(String line, String what, String measured) {
        add(new Row(line, what, "", measured, "", Optional.empty(), ""));
    }

    /** Adds a rate without a target. */
    void addReference(String line, String what, Measured measured) {
        addReference(line, what, rateAndLatency(measured), measured.cores());
    }

    /** Adds a figure with a target. */
    void add(String line, String what, String target, String measured, double ratio, boolean met) {
        add(new Row(line, what, target, measured, ratio(ratio), Optional.empty(), met ? "met" : "**missed**"));
    }

    /** Adds a figure of a load, with a target. */
    void add(String line, String what, String target, String figure, CoreUse cores, double ratio, boolean met) {
        add(new Row(line, what, target, figure, ratio(ratio), Optional.of(cores), met ? "met" : "**missed**"));
    }

    /** Adds a rate whose target is a multiple of the reference's rate. */
    void add(String line, String what, double target, String reference, Comparison comparison) {
        Measured subject = comparison.subject();
        boolean met = comparison.ratio() >= target;
        String atLeast = "≥ %s × %s".formatted(target, reference);
        add(line, what, atLeast, rateAndLatency(subject), comparison.cores(), comparison.ratio(), met);
    }

    int size() {
        return rows.size();
    }

    /** Whether others left the machine alone while the rows from {@code first} on were measured. */
    boolean isQuietFrom(int first) {
        return others(rows.subList(first, rows.size())) <= QUIET_CORES;
    }

    void removeFrom(int first) {
        rows.subList(first, rows.size()).clear();
    }

    void addFailure(String line, Throwable failure) {
        add(new Row(line, "failed", "", String.valueOf(failure.getMessage()), "", Optional.empty(), "**missed**"));
    }

    private void add(Row row) {
        rows.add(row);
        Progress.say("%s", row.toString().strip());
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(HEAD);
        rows.stream().sorted(Comparator.comparingInt(Row::order)).forEach(text::append);
        double others = others(rows);
        if (others > QUIET_CORES) {
            text.append("\nOther processes took up to %.2f cores: ratios are unreliable, rates meaningless.\n"
                    .formatted(others));
        }
        return text.toString();
    }

    private static double others(List<Row> measured) {
        return measured.stream()
                .flatMap(row -> row.cores().stream())
                .mapToDouble(CoreUse::others)
                .max()
                .orElse(0);
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
}
