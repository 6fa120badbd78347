package dev.jeton.grpc.call;

import dev.jeton.application.access.Operation;
import dev.jeton.grpc.error.CallRefused;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads that work off calls which block, and the places of those that wait for them. Calls that take access away have threads and
 * places of their own, so that they are done while there is more of everything else than can be done. Thread-safe.
 */
public final class Lanes {
    private final ThreadPoolExecutor revocations;
    private final ThreadPoolExecutor others;

    /**
     * How many calls are worked off at the same time, and how many more may wait.
     *
     * @param factory makes the threads
     */
    public record Width(int threads, int queue, ThreadFactory factory) {}

    public Lanes(Width revocations, Width others) {
        this.revocations = executor(revocations);
        this.others = executor(others);
    }

    /**
     * To be asked before anything is done for a call: what is refused must cost as little as possible.
     *
     * @throws CallRefused if there is no room for it now
     */
    void requireRoom(Operation operation) {
        if (lane(operation).getQueue().remainingCapacity() == 0) {
            throw CallRefused.overloaded();
        }
    }

    /** @throws CallRefused if there is no room for it */
    void execute(Operation operation, Runnable work) {
        try {
            lane(operation).execute(work);
        } catch (RejectedExecutionException full) {
            throw CallRefused.overloaded();
        }
    }

    /** Ends all threads. Work that is under way may take its {@code last} moments, and is interrupted then. */
    public void stop(Duration last) {
        long end = System.nanoTime() + last.toNanos();
        List<ThreadPoolExecutor> all = List.of(revocations, others);
        all.forEach(ThreadPoolExecutor::shutdown);
        try {
            for (ThreadPoolExecutor lane : all) {
                if (!lane.awaitTermination(end - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                    break;
                }
            }
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
        all.forEach(ThreadPoolExecutor::shutdownNow);
    }

    private ThreadPoolExecutor lane(Operation operation) {
        return operation.takesAccessAway() ? revocations : others;
    }

    private static ThreadPoolExecutor executor(Width width) {
        return new ThreadPoolExecutor(
                width.threads(),
                width.threads(),
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(width.queue()),
                width.factory());
    }
}
