package dev.jeton.campaigns.faults;

import dev.jeton.bootstrap.support.Store;
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
