package dev.jeton.campaigns;

import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

/** How much a campaign does: {@code -Djeton.form=smoke}, {@code short} or {@code long}. */
public enum Form {
    /** A few seconds; runs with every build. The default. */
    SMOKE,
    /** A minute or two; runs with {@code .ci/run}. */
    SHORT,
    /** As long as the promise asks for; runs with {@code .ci/long}. */
    LONG;

    private static final Form CURRENT =
            valueOf(System.getProperty("jeton.form", "smoke").toUpperCase(Locale.ROOT));

    public static Form current() {
        return CURRENT;
    }

    /** The one of three amounts that belongs to the current form. */
    public static <T> T pick(T smoke, T shortForm, T longForm) {
        return switch (CURRENT) {
            case SMOKE -> smoke;
            case SHORT -> shortForm;
            case LONG -> longForm;
        };
    }

    /** Runs the work on a thread of its own in the smoke form, which judges no times; at once in the others. */
    public static <T> CompletableFuture<T> inBackground(Callable<T> work) {
        Executor executor = CURRENT == SMOKE ? task -> new Thread(task).start() : Runnable::run;
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return work.call();
                    } catch (Exception failure) {
                        throw new CompletionException(failure);
                    }
                },
                executor);
    }

    /** The seed of a campaign, printed: {@code -Djeton.seed} if given, else random in the long form and fixed in the others. */
    public static long seed(long fixed) {
        long seed = Long.getLong("jeton.seed", CURRENT == LONG ? new SplittableRandom().nextLong() : fixed);
        System.out.println("Seed " + seed + ": repeat with -Djeton.seed=" + seed);
        return seed;
    }
}
