package dev.jeton.bootstrap.faults;

import dev.jeton.bootstrap.strictness.Store;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** Somebody's transaction that holds what others need. */
final class Lock {

    private Lock() {}

    /** Takes it by that statement, until it ends. */
    static Fault.End take(Store store, String sql) throws SQLException {
        Connection connection = store.connect();
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
        return () -> {
            connection.rollback();
            connection.close();
        };
    }
}
