package dev.jeton.jdbi.sql;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;

/** Runs transactions at READ COMMITTED, each on its own connection, within a time limit. Thread-safe. */
public final class Transactions {
    private static final int MAX_ATTEMPTS = 5;
    private static final long MAX_PAUSE_MICROS = 20_000;

    private final Jdbi jdbi;
    private final TransactionTimer timer;
    private final Duration limit;

    /** @param limit for each transaction, from the wait for its connection to its end */
    public Transactions(Jdbi jdbi, TransactionTimer timer, Duration limit) {
        this.jdbi = jdbi;
        this.timer = timer;
        this.limit = limit;
    }

    /**
     * Runs {@code work} in a transaction and commits it; rolls back if it throws. Reruns the work only after the server has rolled it back because
     * of a concurrent transaction. Fails with DATABASE_UNAVAILABLE if the connection is lost; at commit, the outcome is then unknown.
     */
    public <T> T run(Function<Handle, T> work) {
        long began = System.nanoTime();
        for (int attempt = 1; ; attempt++) {
            try (Handle handle = jdbi.open();
                    TransactionTimer.Watch watch = timer.watch(handle, began, limit)) {
                return handle.inTransaction(begun -> {
                    T result = work.apply(begun);
                    requireCommittable(begun);
                    watch.waits();
                    return result;
                });
            } catch (JdbiException failure) {
                if (!PostgresErrors.mayBeRerun(failure)) {
                    throw PostgresErrors.unavailable(failure);
                }
                if (attempt == MAX_ATTEMPTS) {
                    throw PostgresErrors.concurrentChange();
                }
            }
            pause(attempt);
        }
    }

    /**
     * Throws if a statement of the transaction has failed. PostgreSQL would answer the commit by rolling back, and the driver would not report
     * it.
     */
    public static void requireCommittable(Handle handle) {
        try {
            if (handle.getConnection().unwrap(BaseConnection.class).getTransactionState() == TransactionState.FAILED) {
                throw new IllegalStateException("A statement of the transaction failed, and the failure was ignored");
            }
        } catch (SQLException failure) {
            throw new ConnectionException(failure);
        }
    }

    /** Random, so that transactions that collided do not collide again. */
    private static void pause(int attempt) {
        long micros = ThreadLocalRandom.current().nextLong(MAX_PAUSE_MICROS * attempt);
        LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(micros));
    }
}
