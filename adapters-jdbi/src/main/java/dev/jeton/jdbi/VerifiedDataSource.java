package dev.jeton.jdbi;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.postgresql.PGConnection;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Opens connections and verifies each new session: whatever lies between may drop or override start-up parameters, and a session without
 * its role sees every tenant's rows. An unsuitable one is closed and never used. Thread-safe once configured.
 */
final class VerifiedDataSource extends PGSimpleDataSource {
    private static final String ROLE = "role";

    /** Parameter names and the values that the server must report, in its base units. */
    private final transient Map<String, String> expected;

    private final transient Consumer<UnsuitableSession> refusals;

    /** @param refusals is told of each session that was refused */
    VerifiedDataSource(Map<String, String> expected, Consumer<UnsuitableSession> refusals) {
        this.expected = new TreeMap<>(expected);
        this.refusals = refusals;
    }

    /** @throws UnsuitableSession if the session is not as expected */
    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        Connection connection = super.getConnection(user, password);
        try {
            verify(connection);
            return connection;
        } catch (SQLException | RuntimeException failure) {
            connection.close();
            if (failure instanceof UnsuitableSession unsuitable) {
                refusals.accept(unsuitable);
            }
            throw failure;
        }
    }

    private void verify(Connection connection) throws SQLException {
        Map<String, String> actual = new TreeMap<>();
        // The view of all settings omits the role.
        try (PreparedStatement statement = connection.prepareStatement("""
                SELECT name, setting, pg_backend_pid() FROM pg_settings WHERE name = ANY (?)
                UNION ALL SELECT 'role', current_setting('role'), pg_backend_pid()
                """)) {
            statement.setArray(
                    1, connection.createArrayOf("text", expected.keySet().toArray()));
            ResultSet rows = statement.executeQuery();
            while (rows.next()) {
                actual.put(rows.getString(1), rows.getString(2));
                verifyProcess(connection, rows.getInt(3));
            }
        }
        verifyParameter(ROLE, actual);
        for (String name : expected.keySet()) {
            verifyParameter(name, actual);
        }
    }

    private void verifyParameter(String name, Map<String, String> actual) throws UnsuitableSession {
        String wanted = expected.get(name);
        String found = actual.get(name);
        if (wanted != null && !wanted.equals(found)) {
            throw new UnsuitableSession(
                    "Database sessions have %s = %s instead of %s: connect without a pooler or anything else that changes it"
                            .formatted(name, found, wanted));
        }
    }

    /** A pooler gives a number of its own to the driver. It may run a transaction in the session of another role. */
    private static void verifyProcess(Connection connection, int process) throws SQLException {
        if (connection.unwrap(PGConnection.class).getBackendPID() != process) {
            throw new UnsuitableSession(
                    "The database URL leads to a connection pooler, which mixes up sessions: connect to PostgreSQL itself");
        }
    }
}
