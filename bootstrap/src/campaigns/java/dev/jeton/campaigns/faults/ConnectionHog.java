package dev.jeton.campaigns.faults;

import dev.jeton.bootstrap.support.Load;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.TimeUnit;

/** Takes all of PostgreSQL's connections, including the servers'. */
final class ConnectionHog implements AutoCloseable {
    private static final long PAUSE_MILLIS = 10;

    private final TestBed testBed;
    private final Deque<Connection> taken = new ConcurrentLinkedDeque<>();
    private final Load load;

    ConnectionHog(TestBed testBed) throws SQLException {
        this.testBed = testBed;
        taken.add(testBed.store().connect());
        load = Load.onThreads(1, i -> this::takeOne);
    }

    @Override
    public void close() throws SQLException {
        load.close();
        for (Connection connection : taken) {
            connection.close();
        }
    }

    private void takeOne() throws Exception {
        try {
            taken.add(testBed.store().connect());
        } catch (SQLException noneLeft) {
            testBed.terminateConnections(taken.getFirst());
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        }
    }
}
