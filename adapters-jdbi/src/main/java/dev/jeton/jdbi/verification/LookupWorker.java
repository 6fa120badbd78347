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
 * Answers lookups on its own threads. Lookups that arrive while all threads are busy share the next turn, whose statements begin after the
 * last of them arrived. If a turn fails, it fails for all of them; so a turn takes no more lookups once it has {@code maxKeys} keys, and
 * the rest wait for another. Thread-safe.
 */
final class LookupWorker implements AutoCloseable {
    private final Jdbi jdbi;
    private final int maxKeys;
    private final Work work;
    private final BlockingQueue<PendingLookup> waiting = new LinkedBlockingQueue<>();
    private final List<Worker> workers;
    private volatile boolean closed;

    /**
     * @param size how many threads, each of which uses one connection at a time
     * @param maxKeys the number of keys with which a turn is full; its last lookup may exceed it
     */
    LookupWorker(String name, Jdbi jdbi, int size, int maxKeys, Work work) {
        this.jdbi = jdbi;
        this.maxKeys = maxKeys;
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

    /** Fails all lookups that have waited this long, and aborts the connections of turns that have taken this long. */
    void expire(Duration timeout) {
        long now = System.nanoTime();
        expire(waiting, now, timeout);
        workers.forEach(worker -> {
            Turn turn = worker.turn;
            if (turn != null) {
                expire(turn.lookups, now, timeout);
                if (now - turn.start > timeout.toNanos()) {
                    turn.abort();
                }
            }
        });
    }

    private static void expire(Collection<PendingLookup> lookups, long now, Duration timeout) {
        for (PendingLookup lookup : lookups) {
            if (lookup.waitingNanos(now) > timeout.toNanos() && !lookup.isDone()) {
                lookup.completeExceptionally(unavailable(null));
            }
        }
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
        private volatile @Nullable Turn turn;

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
                fill(shared);
                shared.removeIf(PendingLookup::isDone);
                if (!shared.isEmpty()) {
                    Turn next = new Turn(shared);
                    turn = next;
                    answer(next);
                    turn = null;
                }
            }
        }

        private void fill(List<PendingLookup> shared) {
            int keys = shared.get(0).keys();
            while (keys < maxKeys) {
                PendingLookup next = waiting.poll();
                if (next == null) {
                    return;
                }
                shared.add(next);
                keys += next.keys();
            }
        }

        private void answer(Turn current) {
            try (Handle handle = jdbi.open()) {
                current.begin(handle.getConnection());
                try {
                    work.answer(handle, current.lookups);
                } finally {
                    // Before the handle is closed: then the connection may serve another turn.
                    current.end();
                }
            } catch (JdbiException failure) {
                current.fail(PostgresErrors.unavailable(failure));
            } catch (RuntimeException | Error bug) {
                current.fail(bug);
            }
        }
    }

    /** The lookups answered together, and the connection that answers them. */
    private static final class Turn {
        final List<PendingLookup> lookups;
        final long start = System.nanoTime();
        private @Nullable Connection connection;
        private boolean aborted;

        Turn(List<PendingLookup> lookups) {
            this.lookups = lookups;
        }

        /** Call with the connection before using it. One that was obtained too late is aborted, so that its use fails. */
        synchronized void begin(Connection obtained) {
            connection = obtained;
            if (aborted) {
                abort();
            }
        }

        /** Call when the connection is no longer used. */
        synchronized void end() {
            connection = null;
        }

        /**
         * Aborts the turn's connection, now or once it is obtained, and never one that serves another turn. A server that sends a byte at a
         * time never triggers the driver's socket timeout.
         */
        synchronized void abort() {
            aborted = true;
            if (connection != null) {
                try {
                    connection.abort(Runnable::run);
                } catch (SQLException alreadyClosed) {
                    // Nothing to abort.
                }
            }
        }

        void fail(Throwable failure) {
            lookups.forEach(lookup -> lookup.completeExceptionally(failure));
        }
    }
}
