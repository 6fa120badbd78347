package dev.jeton.grpc.call;

import dev.jeton.application.access.Operation;
import dev.jeton.grpc.error.CallRefused;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Thread pools with bounded queues for calls that block. Calls that revoke access have their own lane, so that they still run when the
 * server is overloaded with other calls. Thread-safe.
 */
public final class Lanes {
    private final Lane revocations;
    private final Lane others;

    /**
     * The size of a lane.
     *
     * @param threads how many calls run at the same time
     * @param queue how many more may wait
     * @param factory creates the threads
     */
    public record Width(int threads, int queue, ThreadFactory factory) {}

    public Lanes(Width revocations, Width others) {
        this.revocations = new Lane(revocations);
        this.others = new Lane(others);
    }

    /**
     * Admits a call. Call it before authentication, so that a flood of calls is refused before it costs a database lookup each.
     *
     * @throws CallRefused with SERVER_OVERLOADED if all threads are busy and the queue is full
     */
    Permit acquire(Operation operation) {
        Lane lane =
                switch (operation.lane()) {
                    case REVOCATION -> revocations;
                    case ORDINARY -> others;
                };
        lane.limit.acquire();
        return new Permit(lane);
    }

    /** Stops all threads. Running work is interrupted after {@code timeout}. */
    public void stop(Duration timeout) {
        long end = System.nanoTime() + timeout.toNanos();
        List<ThreadPoolExecutor> all = List.of(revocations.threads, others.threads);
        all.forEach(ThreadPoolExecutor::shutdown);
        try {
            for (ThreadPoolExecutor threads : all) {
                if (!threads.awaitTermination(end - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                    break;
                }
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        all.forEach(ThreadPoolExecutor::shutdownNow);
    }

    /** An admitted call. End it with exactly one of {@link #release} and {@link #execute}. */
    static final class Permit {
        private final Lane lane;

        private Permit(Lane lane) {
            this.lane = lane;
        }

        void release() {
            lane.limit.release();
        }

        /**
         * Runs the work on a thread of the lane, then releases the permit.
         *
         * @throws CallRefused with SERVER_OVERLOADED if the server is stopping
         */
        void execute(Runnable work) {
            try {
                lane.threads.execute(() -> {
                    try {
                        work.run();
                    } finally {
                        release();
                    }
                });
            } catch (RejectedExecutionException stopping) {
                release();
                throw CallRefused.overloaded();
            }
        }
    }

    private static final class Lane {
        private final ThreadPoolExecutor threads;
        private final CallLimit limit;

        Lane(Width width) {
            limit = new CallLimit(width.threads() + width.queue());
            threads = new ThreadPoolExecutor(
                    width.threads(),
                    width.threads(),
                    0,
                    TimeUnit.SECONDS,
                    new LinkedBlockingQueue<>(),
                    width.factory());
        }
    }
}
