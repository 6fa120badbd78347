package dev.jeton.benchmark;

import java.util.Locale;

/** Prints progress on standard error. */
final class Progress {
    private static final long BEGAN = System.nanoTime();

    private Progress() {}

    static void say(String format, Object... values) {
        System.err.printf(
                Locale.ROOT,
                "[%4d s] %s%n",
                (System.nanoTime() - BEGAN) / 1_000_000_000,
                String.format(Locale.ROOT, format, values));
    }
}
