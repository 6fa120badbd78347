package dev.jeton.benchmark;

import java.util.List;

/**
 * The size and duration of the measurements.
 *
 * @param few tokens before the growth
 * @param tokens in ten tenants, and as many again in {@code tenants} tenants
 * @param many tokens after the growth; if equal to {@code tokens}, growth is not measured
 * @param hot tokens in use, where not all are
 * @param cold maximum number of tokens verified for the first time
 * @param warmUpSeconds before each measurement
 * @param seconds of each measurement
 * @param mixSeconds before measurements of changes, which the JIT compiler learns slowly
 * @param agingSeconds after which a server is no longer young
 * @param rounds alternating measurements of a figure and its reference; the median counts
 * @param starts of the server
 * @param lines measured unless others are named
 */
record Scale(
        int few,
        int tokens,
        int many,
        int tenants,
        int hot,
        int cold,
        double warmUpSeconds,
        double seconds,
        double mixSeconds,
        double agingSeconds,
        int rounds,
        int starts,
        List<String> lines) {
    static final List<String> ALL_LINES =
            List.of("P1", "P2", "P3", "P4", "P5", "P6", "P7", "P8", "P9", "P10", "P11", "P12", "P16");

    private static final List<String> ALL_BUT_P9 =
            ALL_LINES.stream().filter(line -> !line.equals("P9")).toList();
    private static final Scale SHORT =
            new Scale(10_000, 100_000, 100_000, 1_000, 20_000, 100_000, 1.5, 3, 12, 20, 1, 2, ALL_BUT_P9);
    private static final Scale LONG =
            new Scale(10_000, 1_000_000, 10_000_000, 1_000, 100_000, 2_000_000, 8, 15, 120, 60, 3, 5, ALL_LINES);

    static Scale of(String name) {
        return switch (name) {
            case "short" -> SHORT;
            case "long" -> LONG;
            default -> throw new IllegalArgumentException("The form is short or long, not " + name);
        };
    }

    /** Whether growth to {@link #many} is measured. */
    boolean grows() {
        return many > tokens;
    }
}
