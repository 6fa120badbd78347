package dev.jeton.jdbi.verification;

import dev.jeton.domain.error.ErrorReason;
import dev.jeton.domain.error.Unavailable;
import dev.jeton.jdbi.sql.PostgresErrors;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/**
 * Answers lookups on its own threads, one per connection. Lookups that arrive while all threads are busy share the next turn, whose statements
 * begin after the last of them arrived. If a turn fails, it fails for all of them. Thread-safe.
 */
final class LookupWorker implements AutoCloseable {
    private final Jdbi jdbi;
    private final int maxShared;
    private final Work work;
    private final BlockingQueue<PendingLookup> waiting = new LinkedBlockingQueue<>();
    private final List<Worker> workers;
    private volatile boolean closed;

    /**
     * @param size how many threads and connections
     * @param maxShared how many lookups may share a turn
     */
    LookupWorker(String name, Jdbi jdbi, int size, int maxShared, Work work) {
        this.jdbi = jdbi;
        this.maxShared = maxShared;
        this.work = work;
        workers = IntStream.rangeClosed(1, size)
                .mapToObj(number -> new Worker(name + "-" + number))
                .toList();
        workers.forEach(Worker::start);
    }

    /** Answers lookups. Completes every one of them, or throws. */
    interface Work {
        void answer(Handle handle, List<PendingLookup> lookups);
    }

    void add(PendingLookup lookup) {
        waiting.add(lookup);
        if (closed) {
            lookup.completeExceptionally(unavailable(null));
        }
    }

    /** Fails all lookups that have waited this long, and aborts the connections they wait for. */
    void expire(Duration timeout) {
        long now = System.nanoTime();
        expire(waiting, now, timeout);
        workers.forEach(worker -> {
            if (expire(worker.lookups, now, timeout)) {
                worker.abort();
            }
        });
    }

    private static boolean expire(Collection<PendingLookup> lookups, long now, Duration timeout) {
        boolean expired = false;
        for (PendingLookup lookup : lookups) {
            if (lookup.waitingNanos(now) > timeout.toNanos() && !lookup.isDone()) {
                lookup.completeExceptionally(unavailable(null));
                expired = true;
            }
        }
        return expired;
    }

    /** Ends the threads after their current turn. Lookups that still wait fail. */
    @Override
    public void close() {
        closed = true;
        workers.forEach(Thread::interrupt);
        boolean interrupted = false;
        for (Thread worker : workers) {
            try {
                worker.join();
            } catch (InterruptedException interruption) {
                interrupted = true;
            }
        }
        waiting.forEach(lookup -> lookup.completeExceptionally(unavailable(null)));
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static Unavailable unavailable(@Nullable Throwable cause) {
        return new Unavailable(ErrorReason.DATABASE_UNAVAILABLE, "The database does not answer in time.", cause);
    }

    private final class Worker extends Thread {
        private volatile List<PendingLookup> lookups = List.of();
        private volatile @Nullable Connection connection;

        Worker(String name) {
            super(name);
            setDaemon(true);
        }

        @Override
        public void run() {
            while (!closed) {
                List<PendingLookup> shared = new ArrayList<>();
                try {
                    shared.add(waiting.take());
                } catch (InterruptedException closing) {
                    return;
                }
                // Let threads that are about to add a lookup go first: a larger turn costs less per lookup.
                Thread.yield();
                waiting.drainTo(shared, maxShared - 1);
                shared.removeIf(PendingLookup::isDone);
                if (!shared.isEmpty()) {
                    lookups = shared;
                    answer(shared);
                    lookups = List.of();
                }
            }
        }

        private void answer(List<PendingLookup> shared) {
            try (Handle handle = jdbi.open()) {
                connection = handle.getConnection();
                work.answer(handle, shared);
            } catch (JdbiException failure) {
                fail(shared, PostgresErrors.unavailable(failure));
            } catch (RuntimeException | Error bug) {
                fail(shared, bug);
            } finally {
                connection = null;
            }
        }

        private static void fail(List<PendingLookup> shared, Throwable failure) {
            shared.forEach(lookup -> lookup.completeExceptionally(failure));
        }

        /** A server that sends a byte at a time never triggers the driver's socket timeout. */
        private void abort() {
            Connection stuck = connection;
            if (stuck != null) {
                try {
                    stuck.abort(Runnable::run);
                } catch (SQLException alreadyClosed) {
                    // Nothing to abort.
                }
            }
        }
    }
}
