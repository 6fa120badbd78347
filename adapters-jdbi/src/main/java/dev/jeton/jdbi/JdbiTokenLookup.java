package dev.jeton.jdbi;

import dev.jeton.application.port.outbound.TokenLookup;
import dev.jeton.domain.error.ErrorReason;
import dev.jeton.domain.error.Unavailable;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/**
 * Reads tokens on threads of its own, one for each connection, while callers go on. A look is one statement, hence one snapshot, and begins
 * when a thread takes it up, hence after the call. Whoever waits too long, for a thread or for the database, is told that it is
 * unavailable. Thread-safe.
 */
final class JdbiTokenLookup implements TokenLookup, AutoCloseable {
    private static final int QUEUE_LENGTH = 10_000;

    private final Jdbi jdbi;
    private final Duration timeout;
    private final ThreadPoolExecutor threads;

    /**
     * @param size as many looks at a time
     * @param timeout from the call to the answer
     */
    JdbiTokenLookup(Jdbi jdbi, int size, Duration timeout) {
        this.jdbi = jdbi;
        this.timeout = timeout;
        threads = new ThreadPoolExecutor(
                size, size, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(QUEUE_LENGTH), namedThreads());
    }

    @Override
    public CompletionStage<Snapshot> read(Set<TokenKey> tokens, Set<WorkloadKey> workloads) {
        CompletableFuture<Snapshot> answer = new CompletableFuture<>();
        SnapshotQuery query = new SnapshotQuery(tokens, workloads);
        try {
            threads.execute(() -> answer(query, answer));
        } catch (RejectedExecutionException full) {
            return CompletableFuture.failedFuture(unavailable(full));
        }
        return answer.orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS).handle((snapshot, failure) -> {
            if (failure == null) {
                return snapshot;
            }
            throw new CompletionException(failure instanceof TimeoutException ? unavailable(failure) : failure);
        });
    }

    /** Ends the looks that have begun, then the threads. */
    @Override
    public void close() {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException interrupted) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    private void answer(SnapshotQuery query, CompletableFuture<Snapshot> answer) {
        if (answer.isDone()) {
            return;
        }
        try (Handle handle = jdbi.open()) {
            answer.complete(query.run(handle));
        } catch (JdbiException failure) {
            answer.completeExceptionally(PostgresErrors.unavailable(failure));
        } catch (RuntimeException | Error defect) {
            answer.completeExceptionally(defect);
        }
    }

    private static Unavailable unavailable(Throwable cause) {
        return new Unavailable(
                ErrorReason.DATABASE_UNAVAILABLE, "The database does not answer in time. Try again later.", cause);
    }

    private static ThreadFactory namedThreads() {
        AtomicInteger number = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, "jeton-lookup-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }
}
