package dev.jeton.jdbi;

import dev.jeton.application.port.outbound.Repositories;
import dev.jeton.application.port.outbound.Transactor;
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

/** Transactions at READ COMMITTED, each on a connection of its own. Thread-safe. */
final class JdbiTransactor implements Transactor {
    private static final int MAX_ATTEMPTS = 5;
    private static final long MAX_PAUSE_MICROS = 20_000;

    private final Jdbi jdbi;
    private final TransactionTimer timer;
    private final Duration limit;

    /** @param limit for each transaction, from the wait for its connection to its end */
    JdbiTransactor(Jdbi jdbi, TransactionTimer timer, Duration limit) {
        this.jdbi = jdbi;
        this.timer = timer;
        this.limit = limit;
    }

    /**
     * {@inheritDoc}
     *
     * <p>Only what the server says it has rolled back is run again. A connection lost at commit leaves the outcome unknown: that is
     * DATABASE_UNAVAILABLE.
     */
    @Override
    public <T> T inTransaction(Function<Repositories, T> work) {
        return withHandle(handle -> {
            JdbiRepositories repositories = new JdbiRepositories(handle);
            T result = work.apply(repositories);
            requireCommittable(handle);
            repositories.commit();
            return result;
        });
    }

    /** The same for the adapter's own statements. */
    <T> T withHandle(Function<Handle, T> work) {
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

    /** PostgreSQL answers a commit after a failed statement by rolling back, and the driver does not say so. */
    private static void requireCommittable(Handle handle) {
        try {
            if (handle.getConnection().unwrap(BaseConnection.class).getTransactionState() == TransactionState.FAILED) {
                throw new IllegalStateException("A statement failed, and the work went on as if it had not");
            }
        } catch (SQLException failure) {
            throw new ConnectionException(failure);
        }
    }

    /** Those who met once must not meet again at the same moment. */
    private static void pause(int attempt) {
        long micros = ThreadLocalRandom.current().nextLong(MAX_PAUSE_MICROS * attempt);
        LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(micros));
    }
}
