package dev.jeton.jdbi;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cuts the connections of transactions that take too long. The time-outs of statements and sockets are no limit to the whole: a transaction
 * can wait for one lock after the other, or be told something again and again without being told enough. Thread-safe.
 */
final class TransactionTimer implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(TransactionTimer.class);

    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, task -> {
        Thread thread = new Thread(task, "jeton-transaction-timer");
        thread.setDaemon(true);
        return thread;
    });

    TransactionTimer() {
        timer.setRemoveOnCancelPolicy(true);
    }

    /** One transaction whose time is running; to be closed when it has ended. */
    interface Watch extends AutoCloseable {
        @Override
        void close();
    }

    /** @param began when whoever waits began to, by {@link System#nanoTime} */
    Watch watch(Connection connection, long began, Duration limit) {
        long left = began + limit.toNanos() - System.nanoTime();
        Future<?> cut = timer.schedule(() -> cut(connection), left, TimeUnit.NANOSECONDS);
        return () -> cut.cancel(false);
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    /** Its thread is told at once that the connection is lost. */
    private static void cut(Connection connection) {
        try {
            connection.abort(Runnable::run);
        } catch (SQLException failure) {
            log.warn("A transaction that takes too long could not be cut", failure);
        }
    }
}
