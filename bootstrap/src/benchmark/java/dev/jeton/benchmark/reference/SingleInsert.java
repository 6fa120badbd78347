package dev.jeton.benchmark.reference;

import dev.jeton.bootstrap.storage.Login;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;

/** The plainest durable write: a prepared statement that inserts one small row and commits it. Not thread-safe. */
public final class SingleInsert implements AutoCloseable {
    private static final String TEXT = "x".repeat(100);

    private final Connection connection;
    private final PreparedStatement statement;

    private SingleInsert(Connection connection, PreparedStatement statement) {
        this.connection = connection;
        this.statement = statement;
    }

    /** Makes the table that the rows go into, outside of Jeton's schema. */
    public static void prepare(Login login) throws SQLException {
        try (Connection connection = Database.connect(login);
                Statement statement = connection.createStatement()) {
            statement.execute("DROP SCHEMA IF EXISTS benchmark CASCADE");
            statement.execute("CREATE SCHEMA benchmark");
            statement.execute("CREATE TABLE benchmark.rows (id uuid PRIMARY KEY, text text NOT NULL)");
        }
    }

    public static SingleInsert connect(Login login) throws SQLException {
        Connection connection = Database.connect(login);
        return new SingleInsert(
                connection, connection.prepareStatement("INSERT INTO benchmark.rows (id, text) VALUES (?, ?)"));
    }

    public void insert(UUID id) throws SQLException {
        statement.setObject(1, id);
        statement.setString(2, TEXT);
        statement.executeUpdate();
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
