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
 * Brings the schema up to date. Replicas that start together wait for each other. A migration that needs the lock of a table in use gives up
 * quickly and retries, because statements that queue behind it would have to wait too.
 */
public final class SchemaMigrator {
    static final int OLDEST_POSTGRESQL = 15;

    /** The newest migration in {@code db/migration}. */
    static final String NEWEST_VERSION = "13";

    /** Shorter than the second after which verification gives up. */
    private static final String LOCK_TIMEOUT = "500ms";

    private static final int ATTEMPTS = 40;
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final DataSource connections;
    private final String newestVersion;
    private final String[] locations;

    public SchemaMigrator(DatabaseSettings settings) {
        this(settings, NEWEST_VERSION, "classpath:db/migration");
    }

    /**
     * Creates a migrator for other migrations than this version's.
     *
     * @param newestVersion the newest one in {@code locations}
     */
    public SchemaMigrator(DatabaseSettings settings, String newestVersion, String... locations) {
        PGSimpleDataSource source = ConnectionPools.forMigrations(settings);
        source.setOptions("-c lock_timeout=" + LOCK_TIMEOUT);
        connections = source;
        this.newestVersion = newestVersion;
        this.locations = locations;
    }

    /**
     * Runs the missing migrations. Safe to call at every start and on the schema of a later version. Fails with DATABASE_UNAVAILABLE if the
     * database is unreachable or a table stays in use.
     *
     * @throws IllegalStateException if the server is older than PostgreSQL 15, or a migration reports a missing privilege
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
                if (!PostgresErrors.isLockTimeout(failure)) {
                    throw PostgresErrors.raisedMessage(failure)
                            .<RuntimeException>map(message -> new IllegalStateException(message, failure))
                            .orElse(failure);
                }
                if (attempt == ATTEMPTS) {
                    throw new Unavailable(
                            ErrorReason.DATABASE_UNAVAILABLE,
                            "The schema cannot be migrated: a long transaction, perhaps a backup, has a table in use. Retry when it has ended.",
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
        // A transaction that holds the lock would block CREATE INDEX CONCURRENTLY forever.
        configuration
                .getConfigurationExtension(PostgreSQLConfigurationExtension.class)
                .setTransactionalLock(false);
        configuration.load().migrate();
    }

    /** Most starts find nothing to do, and loading Flyway would slow them down noticeably. */
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
