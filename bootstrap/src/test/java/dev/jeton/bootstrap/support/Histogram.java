package dev.jeton.bootstrap.support;

/** Counts latencies from 1 ns to hours with an error below 2 %. Not thread-safe. */
public final class Histogram {
    private static final int STEP_BITS = 6;
    private static final int STEPS = 1 << STEP_BITS;
    private static final int BUCKETS = STEPS * (Long.SIZE - STEP_BITS);

    private final long[] counts = new long[BUCKETS];
    private long total;
    private long max;

    public void add(long nanos) {
        long value = Math.max(nanos, 0);
        counts[bucket(value)]++;
        total++;
        max = Math.max(max, value);
    }

    /** Returns nanoseconds, at most 2 % too high; 0 if nothing was counted. */
    public long percentile(double percent) {
        long wanted = (long) Math.ceil(total * percent / 100);
        long seen = 0;
        for (int bucket = 0; bucket < BUCKETS; bucket++) {
            seen += counts[bucket];
            if (seen >= wanted && seen > 0) {
                return Math.min(highest(bucket), max);
            }
        }
        return 0;
    }

    public long count() {
        return total;
    }

    public long max() {
        return max;
    }

    private static int bucket(long nanos) {
        if (nanos < STEPS) {
            return (int) nanos;
        }
        int exponent = Long.SIZE - 1 - Long.numberOfLeadingZeros(nanos) - STEP_BITS;
        return (exponent + 1) * STEPS + (int) (nanos >>> exponent & STEPS - 1);
    }

    private static long highest(int bucket) {
        if (bucket < STEPS) {
            return bucket;
        }
        int exponent = bucket / STEPS - 1;
        return ((long) (STEPS + bucket % STEPS + 1) << exponent) - 1;
    }
}
