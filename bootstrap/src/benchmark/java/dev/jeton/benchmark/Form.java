package dev.jeton.benchmark;

import java.util.List;

/**
 * How much is measured for how long.
 *
 * @param few tokens that growth is measured from
 * @param tokens in ten tenants, and as many again in {@code tenants} tenants
 * @param many tokens that growth is measured to; as {@code tokens}: it is left out
 * @param hot tokens in use when not all are
 * @param cold tokens, at most, that are verified for the first time
 * @param warmUpSeconds before each measurement
 * @param seconds of each measurement
 * @param rounds measurements of a figure and what it is compared with, in turn; the median counts
 * @param starts of the server
 * @param lines measured unless others are asked for
 */
record Form(
        int few,
        int tokens,
        int many,
        int tenants,
        int hot,
        int cold,
        double warmUpSeconds,
        double seconds,
        int rounds,
        int starts,
        List<String> lines) {
    static final List<String> LINES = List.of("P1", "P2", "P3", "P4", "P5", "P6", "P7", "P8", "P9", "P10", "G14");

    private static final List<String> FEWER =
            LINES.stream().filter(line -> !List.of("P9", "G14").contains(line)).toList();
    private static final Form SHORT = new Form(10_000, 100_000, 100_000, 1_000, 20_000, 100_000, 1.5, 3, 1, 2, FEWER);
    private static final Form LONG =
            new Form(10_000, 1_000_000, 10_000_000, 1_000, 100_000, 2_000_000, 8, 15, 3, 5, LINES);

    static Form of(String name) {
        return switch (name) {
            case "short" -> SHORT;
            case "long" -> LONG;
            default -> throw new IllegalArgumentException("Say short or long, not " + name);
        };
    }

    /** Whether growth to {@link #many} is measured. */
    boolean grows() {
        return many > tokens;
    }
}
