package dev.jeton.campaigns;

import java.util.Locale;
import java.util.SplittableRandom;

/** The size of a campaign: {@code -Djeton.form=smoke}, {@code short} or {@code long}. */
public enum Form {
    /** A few seconds; runs with every build. The default. */
    SMOKE,
    /** A minute or two; runs with {@code .ci/run}. */
    SHORT,
    /** As long as the promise requires; runs with {@code .ci/long}. */
    LONG;

    private static final Form CURRENT =
            valueOf(System.getProperty("jeton.form", "smoke").toUpperCase(Locale.ROOT));

    public static Form current() {
        return CURRENT;
    }

    /** Returns the value for the current form. */
    public static <T> T pick(T smoke, T shortForm, T longForm) {
        return switch (CURRENT) {
            case SMOKE -> smoke;
            case SHORT -> shortForm;
            case LONG -> longForm;
        };
    }

    /** Returns and prints the seed: {@code -Djeton.seed} if set, otherwise random in the long form and fixed in the others. */
    public static long seed(long fixed) {
        long seed = Long.getLong("jeton.seed", CURRENT == LONG ? new SplittableRandom().nextLong() : fixed);
        System.out.println("Seed " + seed + ": repeat with -Djeton.seed=" + seed);
        return seed;
    }
}
