package dev.jeton.domain.id;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Generates version 7 UUIDs (RFC 9562, section 5.7): 48 bits of milliseconds, 12 bits of sub-millisecond fraction (section 6.2,
 * method 3) and 62 random bits. Ids from one instance strictly increase even if its clock goes back. Thread-safe.
 */
public final class TimeOrderedIds {
    private static final int FRACTION_BITS = 12;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final InstantSource clock;
    private final SecureRandom random;
    private final AtomicLong last = new AtomicLong();

    public TimeOrderedIds(InstantSource clock, SecureRandom random) {
        this.clock = clock;
        this.random = random;
    }

    public UUID next() {
        long now = ticks(clock.instant());
        long tick = last.updateAndGet(previous -> Math.max(previous + 1, now));
        long milli = tick >>> FRACTION_BITS;
        long fraction = tick & ((1 << FRACTION_BITS) - 1);
        long high = milli << 16 | 0x7000 | fraction;
        long low = random.nextLong() & 0x3fff_ffff_ffff_ffffL | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }

    private static long ticks(Instant instant) {
        long milli = instant.toEpochMilli();
        long fraction = (instant.getNano() % NANOS_PER_MILLI << FRACTION_BITS) / NANOS_PER_MILLI;
        return milli << FRACTION_BITS | fraction;
    }
}
