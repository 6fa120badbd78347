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
 * The threads that work off calls which block, and the places of those that wait for them. Calls that take access away have threads and
 * places of their own, so that they are done while there is more of everything else than can be done. Thread-safe.
 */
public final class Lanes {
    private final Lane revocations;
    private final Lane others;

    /**
     * How many calls are worked off at the same time, and how many more may wait.
     *
     * @param factory makes the threads
     */
    public record Width(int threads, int queue, ThreadFactory factory) {}

    public Lanes(Width revocations, Width others) {
        this.revocations = new Lane(revocations);
        this.others = new Lane(others);
    }

    /**
     * Takes a place for a call, before its caller is made out: a crowd must not have all of its callers made out, at the expense of all
     * others, when there is room for a few of them.
     *
     * @throws CallRefused if there is no room for it now
     */
    Place take(Operation operation) {
        Lane lane = operation.takesAccessAway() ? revocations : others;
        lane.room.enter();
        return new Place(lane);
    }

    /** Ends all threads. Work that is under way may take its {@code last} moments, and is interrupted then. */
    public void stop(Duration last) {
        long end = System.nanoTime() + last.toNanos();
        List<ThreadPoolExecutor> all = List.of(revocations.threads, others.threads);
        all.forEach(ThreadPoolExecutor::shutdown);
        try {
            for (ThreadPoolExecutor threads : all) {
                if (!threads.awaitTermination(end - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                    break;
                }
            }
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
        all.forEach(ThreadPoolExecutor::shutdownNow);
    }

    /** One call's place, from when it comes until it is done with. To be left, or worked from, once. */
    static final class Place {
        private final Lane lane;

        private Place(Lane lane) {
            this.lane = lane;
        }

        /** Gives the place up. */
        void leave() {
            lane.room.leave();
        }

        /**
         * Has the work done when its turn comes, and gives the place up.
         *
         * @throws CallRefused if it will not be done, because the server stops
         */
        void work(Runnable work) {
            try {
                lane.threads.execute(() -> {
                    try {
                        work.run();
                    } finally {
                        leave();
                    }
                });
            } catch (RejectedExecutionException stopping) {
                leave();
                throw CallRefused.overloaded();
            }
        }
    }

    private static final class Lane {
        private final ThreadPoolExecutor threads;
        private final Room room;

        Lane(Width width) {
            room = new Room(width.threads() + width.queue());
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
