package dev.jeton.bootstrap.support;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.jeton.bootstrap.storage.Login;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/** Reads a database as pg_dump would. */
public final class Dump {
    private Dump() {}

    /** All rows of all tables, in the format of pg_dump. */
    public static String of(Login login) throws SQLException, IOException {
        ByteArrayOutputStream rows = new ByteArrayOutputStream();
        try (Connection connection = DriverManager.getConnection(login.url(), login.user(), login.password());
                Statement statement = connection.createStatement()) {
            List<String> tables = new ArrayList<>();
            try (ResultSet names = statement.executeQuery(
                    "SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')")) {
                while (names.next()) {
                    tables.add(names.getString(1));
                }
            }
            CopyManager copying = connection.unwrap(PGConnection.class).getCopyAPI();
            for (String table : tables) {
                copying.copyOut("COPY " + table + " TO STDOUT", rows);
            }
        }
        return rows.toString(US_ASCII);
    }

    /** The unkeyed hash of a secret. */
    public static byte[] sha256(String secret) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(secret.getBytes(US_ASCII));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
