package dev.jeton.grpc.call;

import dev.jeton.application.access.Operation;
import dev.jeton.domain.tenant.TenantId;
import dev.jeton.grpc.error.CallRefused;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Thread pools with bounded queues for calls that block. Calls that revoke access have their own lane, so that they still run when the
 * server is overloaded with other calls. One tenant's calls fill at most half of a lane's queue, and lists, which need much memory and
 * processor time, run on at most a quarter of its threads and on as many as half of the processors. Thread-safe.
 */
public final class Lanes {
    private static final int THREADS_PER_LIST = 4;

    /** A large page keeps a processor busy, here and in the database, while verifications wait. */
    private static final int PROCESSORS_PER_LIST = 2;

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
     * @param tenantId the tenant that the call claims to come from
     * @throws CallRefused with SERVER_OVERLOADED if all threads are busy and the queue, or the tenant's part of it, is full
     */
    Permit acquire(Operation operation, TenantId tenantId) {
        Lane lane =
                switch (operation.lane()) {
                    case REVOCATION -> revocations;
                    case ORDINARY, LIST -> others;
                };
        lane.limit.acquire(tenantId);
        return new Permit(lane, tenantId, operation.lane() == Operation.Lane.LIST ? lane.lists : lane.threads);
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
        private final TenantId tenantId;
        private final Executor executor;

        private Permit(Lane lane, TenantId tenantId, Executor executor) {
            this.lane = lane;
            this.tenantId = tenantId;
            this.executor = executor;
        }

        void release() {
            lane.limit.release(tenantId);
        }

        /**
         * Runs the work on a thread of the lane, then releases the permit.
         *
         * @throws CallRefused with SERVER_OVERLOADED if the server is stopping
         */
        void execute(Runnable work) {
            try {
                executor.execute(() -> {
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
        private final Executor lists;
        private final Places limit;

        Lane(Width width) {
            limit = new Places(width.threads() + width.queue(), width.threads() + (width.queue() + 1) / 2);
            threads = new ThreadPoolExecutor(
                    width.threads(),
                    width.threads(),
                    0,
                    TimeUnit.SECONDS,
                    new LinkedBlockingQueue<>(),
                    width.factory());
            int processors = Runtime.getRuntime().availableProcessors();
            int most = Math.min(width.threads() / THREADS_PER_LIST, processors / PROCESSORS_PER_LIST);
            lists = new Some(threads, Math.max(1, most));
        }
    }

    /** Counts the calls in a lane, in all and of each tenant. */
    private static final class Places {
        private final int max;
        private final int maxPerTenant;
        private final Map<TenantId, Integer> taken = new HashMap<>();
        private int all;

        Places(int max, int maxPerTenant) {
            this.max = max;
            this.maxPerTenant = maxPerTenant;
        }

        synchronized void acquire(TenantId tenantId) {
            int own = taken.getOrDefault(tenantId, 0);
            if (all == max || own == maxPerTenant) {
                throw CallRefused.overloaded();
            }
            taken.put(tenantId, own + 1);
            all++;
        }

        synchronized void release(TenantId tenantId) {
            taken.computeIfPresent(tenantId, (id, own) -> own == 1 ? null : own - 1);
            all--;
        }
    }

    /** Runs work on some of an executor's threads; further work waits in order. */
    private static final class Some implements Executor {
        private final Executor executor;
        private final Queue<Runnable> waiting = new ArrayDeque<>();
        private int free;

        Some(Executor executor, int threads) {
            this.executor = executor;
            free = threads;
        }

        @Override
        public void execute(Runnable work) {
            synchronized (waiting) {
                if (free == 0) {
                    waiting.add(work);
                    return;
                }
                free--;
            }
            start(work);
        }

        private void start(Runnable work) {
            try {
                executor.execute(() -> {
                    try {
                        work.run();
                    } finally {
                        next();
                    }
                });
            } catch (RejectedExecutionException stopping) {
                next();
                throw stopping;
            }
        }

        private void next() {
            Runnable next;
            synchronized (waiting) {
                next = waiting.poll();
                if (next == null) {
                    free++;
                    return;
                }
            }
            start(next);
        }
    }
}
