package dev.jeton.bootstrap.benchmark;

/**
 * How much is measured for how long.
 *
 * @param few tokens that growth is measured from
 * @param tokens in ten tenants, and as many again in {@code tenants} tenants
 * @param many tokens that growth is measured to; as {@code tokens}: it is left out
 * @param hot tokens in use when there are many
 * @param warmUpSeconds before each measurement
 * @param seconds of each measurement
 * @param rounds measurements of the figures that the others are compared with; the median counts
 */
record Form(
        String name,
        int few,
        int tokens,
        int many,
        int tenants,
        int hot,
        double warmUpSeconds,
        double seconds,
        int rounds) {
    static final Form SHORT = new Form("short", 10_000, 100_000, 100_000, 1_000, 50_000, 3, 4, 1);
    static final Form LONG = new Form("long", 10_000, 1_000_000, 10_000_000, 1_000, 100_000, 8, 15, 3);

    static Form of(String name) {
        return switch (name) {
            case "short" -> SHORT;
            case "long" -> LONG;
            default -> throw new IllegalArgumentException("Say short or long, not " + name);
        };
    }
}
