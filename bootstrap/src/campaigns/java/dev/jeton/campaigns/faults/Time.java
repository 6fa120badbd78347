package dev.jeton.campaigns.faults;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;

/** A monotonic clock: microseconds since 1970. */
final class Time {
    private static final long ORIGIN = of(Instant.now()) - nano();

    private Time() {}

    static long now() {
        return ORIGIN + nano();
    }

    static long of(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }

    static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    private static long nano() {
        return TimeUnit.NANOSECONDS.toMicros(System.nanoTime());
    }
}
