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
 * Cuts the connections of transactions that have taken too long and still wait for the database. The time-outs of statements and sockets are
 * no limit to the whole: a transaction can wait for one lock after the other, or be told something again and again without being told
 * enough. One whose statements are answered at once may go on, however slow its process is. It looks ten times a second: waking a thread
 * for each transaction would cost more than the transaction's own statements. Thread-safe.
 */
public final class TransactionTimer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TransactionTimer.class);
    private static final Duration WAITS_AT_LEAST = Duration.ofMillis(200);
    private static final long LOOK_EVERY_MILLIS = 100;

    private final Set<Watch> running = ConcurrentHashMap.newKeySet();
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, task -> {
        Thread thread = new Thread(task, "jeton-transaction-timer");
        thread.setDaemon(true);
        return thread;
    });

    public TransactionTimer() {
        timer.scheduleWithFixedDelay(this::cutWhatIsLate, LOOK_EVERY_MILLIS, LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** @param began when whoever waits for the transaction began to, by {@link System#nanoTime} */
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

    private void cutWhatIsLate() {
        long now = System.nanoTime();
        for (Watch watch : running) {
            if (watch.isLate(now) && running.remove(watch)) {
                watch.cut();
            }
        }
    }

    /** One transaction whose time is running; to be closed when it has ended, before its connection goes back to the pool. */
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

        /** To be called before what is no statement: the commit. */
        void waits() {
            waitingSince = System.nanoTime() | 1;
        }

        private boolean isLate(long now) {
            long since = waitingSince;
            return now - end >= 0 && since != NOT_WAITING && now - since >= WAITS_AT_LEAST.toNanos();
        }

        /** Its thread is told at once that the connection is lost. A connection that has gone back meanwhile is not touched. */
        private void cut() {
            try {
                connection.abort(Runnable::run);
            } catch (SQLException | RuntimeException failure) {
                LOG.warn("A transaction that takes too long could not be cut", failure);
            }
        }

        @Override
        public void close() {
            running.remove(this);
        }
    }
}
