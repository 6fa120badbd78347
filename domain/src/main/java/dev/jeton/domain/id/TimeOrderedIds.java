package dev.jeton.domain.id;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.UUID;

/**
 * Generates version 7 UUIDs (RFC 9562, section 5.7): 48 bits of milliseconds, 12 bits of sub-millisecond fraction (section 6.2,
 * method 3) and 62 random bits. Reads no clock: it starts at the epoch and is advanced to the time of the call that it serves. Ids of one
 * instance strictly increase. Not thread-safe.
 */
public final class TimeOrderedIds {
    private static final int FRACTION_BITS = 12;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final SecureRandom random;
    private long next;

    public TimeOrderedIds(SecureRandom random) {
        this.random = random;
    }

    /** Makes every later id sort at or after {@code time}; does nothing if they already do. */
    public void advanceTo(Instant time) {
        next = Math.max(next, ticks(time));
    }

    /** Makes every later id sort after {@code id}, a version 7 UUID; does nothing if they already do. */
    public void advancePast(UUID id) {
        next = Math.max(next, ticks(id) + 1);
    }

    public UUID next() {
        long tick = next++;
        long milli = tick >>> FRACTION_BITS;
        long fraction = tick & ((1 << FRACTION_BITS) - 1);
        long high = milli << 16 | 0x7000 | fraction;
        long low = random.nextLong() & 0x3fff_ffff_ffff_ffffL | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }

    private static long ticks(Instant time) {
        long milli = time.toEpochMilli();
        long fraction = (time.getNano() % NANOS_PER_MILLI << FRACTION_BITS) / NANOS_PER_MILLI;
        return milli << FRACTION_BITS | fraction;
    }

    private static long ticks(UUID id) {
        long high = id.getMostSignificantBits();
        return high >>> 16 << FRACTION_BITS | high & ((1 << FRACTION_BITS) - 1);
    }
}
