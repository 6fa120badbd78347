package dev.jeton.jdbi;

import dev.jeton.application.port.outbound.TokenLookup;
import dev.jeton.domain.error.ErrorReason;
import dev.jeton.domain.error.Unavailable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/**
 * Reads tokens on threads of its own, one for each connection, while callers go on. Looks that arrive while all threads are busy wait
 * together and share the next statement: it begins after the last of them arrived, is one snapshot for all, and costs little more than for
 * one. Whoever waits too long, for a thread or for the database, is told that it is unavailable. Thread-safe.
 */
final class JdbiTokenLookup implements TokenLookup, AutoCloseable {
    private static final int MAX_WAITING = 10_000;

    /** So that a statement, and whoever waits for it, is not held up by an ever longer list. */
    private static final int MAX_SHARING = 256;

    private final Jdbi jdbi;
    private final Duration timeout;
    private final BlockingQueue<Look> waiting = new ArrayBlockingQueue<>(MAX_WAITING);
    private final List<Thread> threads;
    private volatile boolean closed;

    /**
     * @param size as many statements at a time
     * @param timeout from the call to the answer
     */
    JdbiTokenLookup(Jdbi jdbi, int size, Duration timeout) {
        this.jdbi = jdbi;
        this.timeout = timeout;
        threads = IntStream.rangeClosed(1, size)
                .mapToObj(number -> new Thread(this::answerAll, "jeton-lookup-" + number))
                .toList();
        threads.forEach(thread -> {
            thread.setDaemon(true);
            thread.start();
        });
    }

    @Override
    public CompletionStage<Snapshot> read(Set<TokenKey> tokens, Set<WorkloadKey> workloads) {
        Look look = new Look(tokens, workloads, new CompletableFuture<>());
        if (closed || !waiting.offer(look)) {
            return CompletableFuture.failedFuture(unavailable(null));
        }
        return look.answer()
                .orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .handle((snapshot, failure) -> {
                    if (failure == null) {
                        return snapshot;
                    }
                    throw new CompletionException(failure instanceof TimeoutException ? unavailable(failure) : failure);
                });
    }

    /** Ends the threads when what they have begun is answered, or cannot be any more; what still waits is refused. */
    @Override
    public void close() {
        closed = true;
        threads.forEach(Thread::interrupt);
        boolean interrupted = false;
        for (Thread thread : threads) {
            try {
                thread.join(timeout.toMillis());
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        waiting.forEach(look -> look.answer().completeExceptionally(unavailable(null)));
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void answerAll() {
        List<Look> sharing = new ArrayList<>(MAX_SHARING);
        while (!closed) {
            try {
                sharing.add(waiting.take());
            } catch (InterruptedException closing) {
                return;
            }
            waiting.drainTo(sharing, MAX_SHARING - 1);
            sharing.removeIf(look -> look.answer().isDone());
            answer(sharing);
            sharing.clear();
        }
    }

    private void answer(List<Look> sharing) {
        if (sharing.isEmpty()) {
            return;
        }
        try (Handle handle = jdbi.open()) {
            Snapshot snapshot = query(sharing).run(handle);
            sharing.forEach(look -> look.answer().complete(snapshot));
        } catch (JdbiException failure) {
            fail(sharing, PostgresErrors.unavailable(failure));
        } catch (RuntimeException | Error defect) {
            fail(sharing, defect);
        }
    }

    private static SnapshotQuery query(List<Look> sharing) {
        if (sharing.size() == 1) {
            return new SnapshotQuery(sharing.get(0).tokens(), sharing.get(0).workloads());
        }
        Set<TokenKey> tokens = new HashSet<>();
        Set<WorkloadKey> workloads = new HashSet<>();
        for (Look look : sharing) {
            tokens.addAll(look.tokens());
            workloads.addAll(look.workloads());
        }
        return new SnapshotQuery(tokens, workloads);
    }

    private static void fail(List<Look> sharing, Throwable failure) {
        sharing.forEach(look -> look.answer().completeExceptionally(failure));
    }

    private static Unavailable unavailable(@Nullable Throwable cause) {
        return new Unavailable(
                ErrorReason.DATABASE_UNAVAILABLE, "The database does not answer in time. Try again later.", cause);
    }

    /** What one caller waits for. */
    private record Look(Set<TokenKey> tokens, Set<WorkloadKey> workloads, CompletableFuture<Snapshot> answer) {}
}
