package dev.jeton.campaigns.faults;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;

/** The time in microseconds since 1970, which never goes back. */
final class Time {
    private static final long ORIGIN = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now()) - nano();

    private Time() {}

    static long now() {
        return ORIGIN + nano();
    }

    static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    private static long nano() {
        return TimeUnit.NANOSECONDS.toMicros(System.nanoTime());
    }
}
