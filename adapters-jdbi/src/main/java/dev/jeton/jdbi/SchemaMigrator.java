package dev.jeton.jdbi;

import dev.jeton.domain.error.ErrorReason;
import dev.jeton.domain.error.Unavailable;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** Brings the schema up to date. Replicas that start together wait for each other. */
public final class SchemaMigrator {
    static final int OLDEST_POSTGRESQL = 15;

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

    static void requireSupported(int major, String version) {
        if (major < OLDEST_POSTGRESQL) {
            throw new IllegalStateException(
                    "Jeton needs PostgreSQL %d or newer, but the server is version %s; upgrade it"
                            .formatted(OLDEST_POSTGRESQL, version));
        }
    }
}
