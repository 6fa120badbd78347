package dev.jeton.jdbi;

import dev.jeton.domain.error.ErrorReason;
import dev.jeton.domain.error.Unavailable;
import dev.jeton.jdbi.sql.PostgresErrors;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.database.postgresql.PostgreSQLConfigurationExtension;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Brings the schema up to date. Replicas that start together wait for each other, and those that serve meanwhile go on: a change of a table
 * that somebody else has in use lets go and tries again, because whoever uses the table after it would have to wait for it too.
 */
public final class SchemaMigrator {
    static final int OLDEST_POSTGRESQL = 15;

    /** Of the migrations in {@code db/migration}. */
    static final String NEWEST_VERSION = "10";

    /** Verification gives up after a second. */
    private static final String LOCKS_WITHIN = "500ms";

    private static final int ATTEMPTS = 40;
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final DataSource connections;
    private final String newestVersion;
    private final String[] locations;

    public SchemaMigrator(DatabaseSettings settings) {
        this(settings, NEWEST_VERSION, "classpath:db/migration");
    }

    /**
     * One for other migrations than this version's.
     *
     * @param newestVersion of those in {@code locations}
     */
    public SchemaMigrator(DatabaseSettings settings, String newestVersion, String... locations) {
        PGSimpleDataSource source = ConnectionPools.forMigrations(settings);
        source.setOptions("-c lock_timeout=" + LOCKS_WITHIN);
        connections = source;
        this.newestVersion = newestVersion;
        this.locations = locations;
    }

    /**
     * Runs the migrations that are missing; safe to call at every start, also on the schema of a later version. DATABASE_UNAVAILABLE if the
     * database cannot be reached, or if a table stays in use.
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
        for (int attempt = 1; ; attempt++) {
            try {
                runMissing();
                return;
            } catch (FlywayException failure) {
                if (!PostgresErrors.isLockNotGiven(failure)) {
                    throw PostgresErrors.raised(failure)
                            .<RuntimeException>map(said -> new IllegalStateException(said, failure))
                            .orElse(failure);
                }
                if (attempt == ATTEMPTS) {
                    throw new Unavailable(
                            ErrorReason.DATABASE_UNAVAILABLE,
                            "The schema cannot be brought up to date: a transaction, perhaps of a backup, has one of its tables in use. Try again when it has ended.",
                            failure);
                }
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    private void runMissing() {
        FluentConfiguration configuration = Flyway.configure(SchemaMigrator.class.getClassLoader())
                .dataSource(connections)
                .locations(locations);
        // In a transaction, the lock against other replicas would keep an index from ever being built concurrently.
        configuration
                .getConfigurationExtension(PostgreSQLConfigurationExtension.class)
                .setTransactionalLock(false);
        configuration.load().migrate();
    }

    /** Most starts find that nothing is to be done; to load all of Flyway for that would be a good part of them. */
    private boolean isUpToDate(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return holds(statement, "SELECT to_regclass('flyway_schema_history') IS NOT NULL")
                    && holds(
                            statement,
                            "SELECT success AND version = '%s' FROM flyway_schema_history ORDER BY installed_rank DESC LIMIT 1"
                                    .formatted(newestVersion));
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
