package dev.jeton.jdbi.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.StatementContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Aborts the connections of transactions that are past their limit and still wait for the database. Statement and socket timeouts do not
 * limit the whole transaction: it can wait for one lock after another, or for a server that sends a byte at a time. A transaction whose
 * statements are answered at once may continue, however slow its process is. One thread checks ten times a second, because waking a thread per
 * transaction would cost more than its statements. Thread-safe.
 */
public final class TransactionTimer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TransactionTimer.class);
    private static final Duration MIN_WAIT = Duration.ofMillis(200);
    private static final long CHECK_EVERY_MILLIS = 100;

    private final Set<Watch> running = ConcurrentHashMap.newKeySet();
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, task -> {
        Thread thread = new Thread(task, "jeton-transaction-timer");
        thread.setDaemon(true);
        return thread;
    });

    public TransactionTimer() {
        timer.scheduleWithFixedDelay(this::abortOverdue, CHECK_EVERY_MILLIS, CHECK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** @param began when the caller began to wait, by {@link System#nanoTime} */
    Watch watch(Handle handle, long began, Duration limit) {
        Watch watch = new Watch(handle.getConnection(), began + limit.toNanos());
        handle.getConfig(SqlStatements.class).setSqlLogger(watch);
        running.add(watch);
        return watch;
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    private void abortOverdue() {
        long now = System.nanoTime();
        for (Watch watch : running) {
            if (watch.isOverdue(now) && running.remove(watch)) {
                watch.abort();
            }
        }
    }

    /** The clock of one transaction. Close it before the connection returns to the pool. */
    final class Watch implements SqlLogger, AutoCloseable {
        private static final long NOT_WAITING = 0;

        private final Connection connection;
        private final long end;
        private volatile long waitingSince = NOT_WAITING;

        private Watch(Connection connection, long end) {
            this.connection = connection;
            this.end = end;
        }

        @Override
        public void logBeforeExecution(StatementContext statement) {
            waits();
        }

        @Override
        public void logAfterExecution(StatementContext statement) {
            waitingSince = NOT_WAITING;
        }

        @Override
        public void logException(StatementContext statement, SQLException failure) {
            waitingSince = NOT_WAITING;
        }

        /** Call before waiting for something that is no statement: the commit. */
        void waits() {
            waitingSince = System.nanoTime() | 1;
        }

        private boolean isOverdue(long now) {
            long since = waitingSince;
            return now - end >= 0 && since != NOT_WAITING && now - since >= MIN_WAIT.toNanos();
        }

        /** The waiting thread fails at once. A connection that has returned to the pool is not touched. */
        private void abort() {
            try {
                connection.abort(Runnable::run);
            } catch (SQLException | RuntimeException failure) {
                LOG.warn("Failed to abort the connection of an overdue transaction", failure);
            }
        }

        @Override
        public void close() {
            running.remove(this);
        }
    }
}
