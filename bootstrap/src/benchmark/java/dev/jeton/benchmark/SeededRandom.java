package dev.jeton.benchmark;

import java.security.SecureRandom;
import java.util.SplittableRandom;

/** The same numbers for the same seed, quickly: secrets of a benchmark may be guessed. Not thread-safe. */
final class SeededRandom extends SecureRandom {
    private static final long serialVersionUID = 1;

    private transient SplittableRandom source = new SplittableRandom(0);

    /** Begins anew. */
    void restart(long seed) {
        source = new SplittableRandom(seed);
    }

    @Override
    public int nextInt(int bound) {
        return source.nextInt(bound);
    }

    @Override
    public long nextLong() {
        return source.nextLong();
    }

    @Override
    public void nextBytes(byte[] bytes) {
        source.nextBytes(bytes);
    }
}
