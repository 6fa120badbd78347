package dev.jeton.jdbi;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Measures time, excluding moments when the machine was too busy to run this process. */
final class Stopwatch implements AutoCloseable {
    private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final long start = System.nanoTime();
    private final Thread ticker = new Thread(this::tick, "stopwatch");
    private volatile long stalledNanos;
    private volatile boolean closed;

    Stopwatch() {
        ticker.setDaemon(true);
        ticker.start();
    }

    Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - start - stalledNanos);
    }

    @Override
    public void close() {
        closed = true;
    }

    /** The delay of each tick is how long a runnable thread waits for a processor. */
    private void tick() {
        long stalled = 0;
        while (!closed) {
            long before = System.nanoTime();
            LockSupport.parkNanos(TICK_NANOS);
            stalled += Math.max(0, System.nanoTime() - before - TICK_NANOS);
            stalledNanos = stalled;
        }
    }
}
