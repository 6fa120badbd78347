package dev.jeton.benchmark.reference;

import dev.jeton.bootstrap.storage.Login;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** Connects straight to a database, past the server. */
public final class Database {
    private Database() {}

    /** Statements of the connection are prepared in the database at their first use. */
    public static Connection connect(Login login) throws SQLException {
        return DriverManager.getConnection(login.url() + "?prepareThreshold=1", login.user(), login.password());
    }
}
