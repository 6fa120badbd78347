package dev.jeton.jdbi;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cuts the connections of transactions that have taken too long and still wait for the database. The time-outs of statements and sockets are
 * no limit to the whole: a transaction can wait for one lock after the other, or be told something again and again without being told
 * enough. One whose statements are answered at once may go on, however slow its process is. Thread-safe.
 */
final class TransactionTimer implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(TransactionTimer.class);
    private static final Duration WAITS_AT_LEAST = Duration.ofMillis(200);
    private static final Duration LOOK_EVERY = Duration.ofMillis(50);

    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, task -> {
        Thread thread = new Thread(task, "jeton-transaction-timer");
        thread.setDaemon(true);
        return thread;
    });

    TransactionTimer() {
        timer.setRemoveOnCancelPolicy(true);
    }

    /** @param began when whoever waits for the transaction began to, by {@link System#nanoTime} */
    Watch watch(Handle handle, long began, Duration limit) {
        Watch watch = new Watch(handle.getConnection());
        handle.getConfig(SqlStatements.class).setSqlLogger(watch);
        watch.look = timer.scheduleWithFixedDelay(
                watch, began + limit.toNanos() - System.nanoTime(), LOOK_EVERY.toNanos(), TimeUnit.NANOSECONDS);
        return watch;
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    /** One transaction whose time is running; to be closed when it has ended. */
    static final class Watch implements SqlLogger, Runnable, AutoCloseable {
        private static final long NOT_WAITING = 0;

        private final Connection connection;
        private volatile @Nullable Future<?> look;
        private volatile long waitingSince = NOT_WAITING;

        private Watch(Connection connection) {
            this.connection = connection;
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

        /** To be called before what is no statement: the commit. */
        void waits() {
            waitingSince = System.nanoTime() | 1;
        }

        /** Has the transaction's thread told at once that the connection is lost, if it waits. */
        @Override
        public void run() {
            long since = waitingSince;
            if (since == NOT_WAITING || System.nanoTime() - since < WAITS_AT_LEAST.toNanos()) {
                return;
            }
            try {
                connection.abort(Runnable::run);
            } catch (SQLException failure) {
                log.warn("A transaction that takes too long could not be cut", failure);
            }
        }

        @Override
        public void close() {
            Future<?> looking = look;
            if (looking != null) {
                looking.cancel(false);
            }
        }
    }
}
