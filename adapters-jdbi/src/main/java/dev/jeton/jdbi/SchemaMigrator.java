package dev.jeton.jdbi;

import dev.jeton.domain.error.ErrorReason;
import dev.jeton.domain.error.Unavailable;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** Brings the schema up to date. Replicas that start together wait for each other. */
public final class SchemaMigrator {
    static final int OLDEST_POSTGRESQL = 15;

    /** Of the migrations in {@code db/migration}. */
    static final String NEWEST_VERSION = "5";

    private final DataSource connections;

    public SchemaMigrator(DatabaseSettings settings) {
        connections = ConnectionPools.forMigrations(settings);
    }

    /**
     * Runs the migrations that are missing; safe to call at every start. DATABASE_UNAVAILABLE if the database cannot be reached.
     *
     * @throws IllegalStateException if the server is older than PostgreSQL 15, or if a migration says what it lacks
     */
    public void migrate() {
        try (Connection connection = connections.getConnection()) {
            DatabaseMetaData server = connection.getMetaData();
            requireSupported(server.getDatabaseMajorVersion(), server.getDatabaseProductVersion());
            if (isUpToDate(connection)) {
                return;
            }
        } catch (SQLException failure) {
            throw new Unavailable(
                    ErrorReason.DATABASE_UNAVAILABLE,
                    "The database cannot be reached; check its URL, user and password, and that it is running: "
                            + failure.getMessage(),
                    failure);
        }
        try {
            Flyway.configure(SchemaMigrator.class.getClassLoader())
                    .dataSource(connections)
                    .locations("classpath:db/migration")
                    .load()
                    .migrate();
        } catch (FlywayException failure) {
            throw PostgresErrors.raised(failure)
                    .<RuntimeException>map(said -> new IllegalStateException(said, failure))
                    .orElse(failure);
        }
    }

    /** Most starts find that nothing is to be done; to load all of Flyway for that would be a good part of them. */
    private static boolean isUpToDate(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return holds(statement, "SELECT to_regclass('flyway_schema_history') IS NOT NULL")
                    && holds(
                            statement,
                            "SELECT success AND version = '%s' FROM flyway_schema_history ORDER BY installed_rank DESC LIMIT 1"
                                    .formatted(NEWEST_VERSION));
        }
    }

    private static boolean holds(Statement statement, String sql) throws SQLException {
        try (ResultSet rows = statement.executeQuery(sql)) {
            return rows.next() && rows.getBoolean(1);
        }
    }

    static void requireSupported(int major, String version) {
        if (major < OLDEST_POSTGRESQL) {
            throw new IllegalStateException(
                    "Jeton needs PostgreSQL %d or newer, but the server is version %s; upgrade it"
                            .formatted(OLDEST_POSTGRESQL, version));
        }
    }
}
