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
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/**
 * Answers lookups on its own threads. Lookups that arrive while all threads are busy share the next turn, whose statements begin after the
 * last of them arrived. If a turn fails, it fails for all of them; so a turn takes no more lookups once it has {@code maxKeys} keys, and
 * the rest wait for another. A thread keeps its connection while turns follow each other closely, and takes another after a failure.
 * Thread-safe.
 */
final class LookupWorker implements AutoCloseable {
    /** As long as the pool would hand out a connection again without checking it. */
    private static final long MAX_PAUSE_MILLIS = 500;

    /** Then the pool may replace the connection. */
    private static final long MAX_KEPT_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final Jdbi jdbi;
    private final int maxKeys;
    private final Function<Handle, Work> onConnection;
    private final BlockingQueue<PendingLookup> waiting = new LinkedBlockingQueue<>();
    private final List<Worker> workers;
    private volatile boolean closed;

    /**
     * @param size how many threads, each of which uses one connection at a time
     * @param maxKeys the number of keys with which a turn is full; its last lookup may exceed it
     * @param onConnection returns what answers on a connection, one turn after the other
     */
    LookupWorker(String name, Jdbi jdbi, int size, int maxKeys, Function<Handle, Work> onConnection) {
        this.jdbi = jdbi;
        this.maxKeys = maxKeys;
        this.onConnection = onConnection;
        workers = IntStream.rangeClosed(1, size)
                .mapToObj(number -> new Worker(name + "-" + number))
                .toList();
        workers.forEach(Worker::start);
    }

    /** Answers lookups. Completes every one of them, or throws. */
    interface Work {
        void answer(List<PendingLookup> lookups);
    }

    /** Whether no lookup waits for a turn. */
    boolean isIdle() {
        return waiting.isEmpty();
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
        private @Nullable Session session;

        Worker(String name) {
            super(name);
            setDaemon(true);
        }

        @Override
        public void run() {
            while (!closed) {
                List<PendingLookup> shared = new ArrayList<>();
                try {
                    shared.add(next());
                } catch (InterruptedException closing) {
                    break;
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
            release();
        }

        private PendingLookup next() throws InterruptedException {
            if (session != null) {
                PendingLookup soon = session.isOld() ? null : waiting.poll(MAX_PAUSE_MILLIS, TimeUnit.MILLISECONDS);
                if (soon != null) {
                    return soon;
                }
                release();
            }
            return waiting.take();
        }

        private void release() {
            Session last = session;
            session = null;
            if (last != null) {
                try {
                    last.handle.close();
                } catch (JdbiException lost) {
                    // The pool replaces it.
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
            boolean usable = false;
            try {
                if (session == null) {
                    session = new Session(jdbi.open());
                }
                current.begin(session.handle.getConnection());
                try {
                    session.work.answer(current.lookups);
                } finally {
                    // Before the connection serves another turn, or the pool has it back.
                    usable = current.end();
                }
            } catch (JdbiException failure) {
                usable = false;
                current.fail(PostgresErrors.unavailable(failure));
            } catch (RuntimeException | Error bug) {
                usable = false;
                current.fail(bug);
            }
            if (!usable) {
                release();
            }
        }
    }

    /** A thread's connection. */
    private final class Session {
        final Handle handle;
        final Work work;
        private final long opened = System.nanoTime();

        Session(Handle handle) {
            this.handle = handle;
            work = onConnection.apply(handle);
        }

        boolean isOld() {
            return System.nanoTime() - opened > MAX_KEPT_NANOS;
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

        /** Call when the connection is no longer used. Returns whether it may serve another turn. */
        synchronized boolean end() {
            connection = null;
            return !aborted;
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
