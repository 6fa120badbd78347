package dev.jeton.bootstrap.support;

import dev.jeton.bootstrap.storage.EmbeddedDatabase;
import dev.jeton.bootstrap.storage.Login;
import dev.jeton.bootstrap.storage.PreparedData;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/**
 * One PostgreSQL for all tests of a JVM that need an external database. It starts on first use and stops when the JVM exits. Thread-safe.
 */
public final class SharedPostgres {
    private static final int CONNECTIONS = 100;

    private static @Nullable EmbeddedDatabase postgres;
    private static int databases;

    private SharedPostgres() {}

    /** Creates an empty database in about 0.1 s, and returns its superuser's login. */
    public static Login newDatabase() {
        return newDatabase("template1");
    }

    /** Creates a database whose schema is up to date, and returns its superuser's login. */
    public static Login newMigratedDatabase() {
        return newDatabase("postgres");
    }

    private static synchronized Login newDatabase(String template) {
        if (postgres == null) {
            postgres = start();
        }
        Login login = postgres.login();
        String name = "test_" + ++databases;
        try (Connection connection = DriverManager.getConnection(login.url(), login.user(), login.password());
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name + " TEMPLATE " + template);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        String server = login.url().substring(0, login.url().lastIndexOf('/') + 1);
        return new Login(server + name, login.user(), login.password());
    }

    private static EmbeddedDatabase start() {
        try {
            Path directory = Files.createTempDirectory("jeton-shared-postgres");
            EmbeddedDatabase started = EmbeddedDatabase.start(PreparedData.in(directory), CONNECTIONS);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                started.close();
                delete(directory);
            }));
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path directory) {
        try {
            FileTree.delete(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
