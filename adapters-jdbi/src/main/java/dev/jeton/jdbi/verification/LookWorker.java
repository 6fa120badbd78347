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
 * Works off looks on threads of its own, one for each connection. Looks that arrive while all threads are busy wait together and are worked
 * off together, by statements that begin after the last of them arrived. If that fails, it fails for all of them. Thread-safe.
 */
final class LookWorker implements AutoCloseable {
    private final Jdbi jdbi;
    private final int maxShared;
    private final Work work;
    private final BlockingQueue<Look> waiting = new LinkedBlockingQueue<>();
    private final List<Worker> workers;
    private volatile boolean closed;

    /**
     * @param size how many threads and connections
     * @param maxShared how many looks at most are worked off together
     */
    LookWorker(String name, Jdbi jdbi, int size, int maxShared, Work work) {
        this.jdbi = jdbi;
        this.maxShared = maxShared;
        this.work = work;
        workers = IntStream.rangeClosed(1, size)
                .mapToObj(number -> new Worker(name + "-" + number))
                .toList();
        workers.forEach(Worker::start);
    }

    /** What is done with looks; it must complete every one of them, or throw. */
    interface Work {
        void answer(Handle handle, List<Look> looks);
    }

    void add(Look look) {
        waiting.add(look);
        if (closed) {
            look.completeExceptionally(unavailable(null));
        }
    }

    /** Refuses all that have waited for so long, and cuts the connections that keep them waiting. */
    void expire(Duration timeout) {
        long now = System.nanoTime();
        expire(waiting, now, timeout);
        workers.forEach(worker -> {
            if (expire(worker.looks, now, timeout)) {
                worker.cutOff();
            }
        });
    }

    private static boolean expire(Collection<Look> looks, long now, Duration timeout) {
        boolean expired = false;
        for (Look look : looks) {
            if (look.waitingNanos(now) > timeout.toNanos() && !look.isDone()) {
                look.completeExceptionally(unavailable(null));
                expired = true;
            }
        }
        return expired;
    }

    /** Ends the threads when what they have begun is answered, or cannot be any more; what still waits is refused. */
    @Override
    public void close() {
        closed = true;
        workers.forEach(Thread::interrupt);
        boolean interrupted = false;
        for (Thread worker : workers) {
            try {
                worker.join();
            } catch (InterruptedException hurry) {
                interrupted = true;
            }
        }
        waiting.forEach(look -> look.completeExceptionally(unavailable(null)));
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static Unavailable unavailable(@Nullable Throwable cause) {
        return new Unavailable(
                ErrorReason.DATABASE_UNAVAILABLE, "The database does not answer in time. Try again later.", cause);
    }

    private final class Worker extends Thread {
        private volatile List<Look> looks = List.of();
        private volatile @Nullable Connection connection;

        Worker(String name) {
            super(name);
            setDaemon(true);
        }

        @Override
        public void run() {
            while (!closed) {
                List<Look> shared = new ArrayList<>();
                try {
                    shared.add(waiting.take());
                } catch (InterruptedException closing) {
                    return;
                }
                // Whoever is about to add a look may do so first, where threads wait for a processor; what is shared by
                // more costs less.
                Thread.yield();
                waiting.drainTo(shared, maxShared - 1);
                shared.removeIf(Look::isDone);
                if (!shared.isEmpty()) {
                    looks = shared;
                    answer(shared);
                    looks = List.of();
                }
            }
        }

        private void answer(List<Look> shared) {
            try (Handle handle = jdbi.open()) {
                connection = handle.getConnection();
                work.answer(handle, shared);
            } catch (JdbiException failure) {
                fail(shared, PostgresErrors.unavailable(failure));
            } catch (RuntimeException | Error defect) {
                fail(shared, defect);
            } finally {
                connection = null;
            }
        }

        private static void fail(List<Look> shared, Throwable failure) {
            shared.forEach(look -> look.completeExceptionally(failure));
        }

        /** A server that answers a byte at a time is never silent for long enough to be noticed by the driver. */
        private void cutOff() {
            Connection stuck = connection;
            if (stuck != null) {
                try {
                    stuck.abort(Runnable::run);
                } catch (SQLException gone) {
                    // It is closed already.
                }
            }
        }
    }
}
