package dev.jeton.jdbi;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cuts the connections of transactions that take too long. The time-outs of statements and sockets are no limit to the whole: a transaction
 * can wait for one lock after the other, or be told something again and again without being told enough. It looks ten times a second:
 * waking a thread for each transaction would cost more than the transaction's own statements. Thread-safe.
 */
final class TransactionTimer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TransactionTimer.class);
    private static final long LOOK_EVERY_MILLIS = 100;

    private final Set<Watch> running = ConcurrentHashMap.newKeySet();
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, task -> {
        Thread thread = new Thread(task, "jeton-transaction-timer");
        thread.setDaemon(true);
        return thread;
    });

    TransactionTimer() {
        timer.scheduleWithFixedDelay(this::cutWhatIsLate, LOOK_EVERY_MILLIS, LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** One transaction whose time is running; to be closed when it has ended, before its connection goes back. */
    final class Watch implements AutoCloseable {
        private final Connection connection;
        private final long end;

        private Watch(Connection connection, long end) {
            this.connection = connection;
            this.end = end;
        }

        @Override
        public void close() {
            running.remove(this);
        }
    }

    /** @param began when whoever waits began to, by {@link System#nanoTime} */
    Watch watch(Connection connection, long began, Duration limit) {
        Watch watch = new Watch(connection, began + limit.toNanos());
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
            if (now - watch.end >= 0 && running.remove(watch)) {
                cut(watch.connection);
            }
        }
    }

    /** Its thread is told at once that the connection is lost. A connection that has gone back to its pool meanwhile is not touched. */
    private static void cut(Connection connection) {
        try {
            connection.abort(Runnable::run);
        } catch (SQLException | RuntimeException failure) {
            LOG.warn("A transaction that takes too long could not be cut", failure);
        }
    }
}
