package dev.jeton.jdbi;

import dev.jeton.domain.error.ErrorReason;
import dev.jeton.domain.error.Unavailable;
import dev.jeton.jdbi.DatabaseCheck.Schema;
import dev.jeton.jdbi.sql.DatabaseRole;
import dev.jeton.jdbi.sql.PostgresErrors;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.callback.BaseCallback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.api.exception.FlywayValidateException;
import org.flywaydb.database.postgresql.PostgreSQLConfigurationExtension;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Examines the database and brings its schema up to date. Replicas that start together wait for each other. A migration that needs the lock
 * of a table in use gives up quickly and retries, because statements that queue behind it would have to wait too.
 */
public final class SchemaMigrator {
    private static final Logger LOG = LoggerFactory.getLogger(SchemaMigrator.class);

    /** The newest migration in {@code db/migration}. */
    static final String NEWEST_VERSION = "17.1";

    /** Every migration starts so, whatever the one before has set. 500 ms are less than the second after which verification gives up. */
    private static final String FRESH_SESSION = "RESET ALL; SET lock_timeout = '500ms'";

    private static final int FOREVER = -1;
    private static final int ATTEMPTS = 40;
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final DatabaseSettings settings;
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
        this.settings = settings;
        connections = ConnectionPools.forMigrations(settings);
        this.newestVersion = newestVersion;
        this.locations = locations;
    }

    /**
     * Examines the database, runs the missing migrations, and checks that the schema and the sessions of all roles are as this version needs
     * them. Changes nothing in an unusable database. Safe to call at every start and on the schema of a later version. Fails with
     * DATABASE_UNAVAILABLE if the database is unreachable or a table stays in use.
     *
     * @throws UnusableDatabase if the database cannot keep Jeton's promises
     */
    public void migrate() {
        boolean missing = examine(this::isMissingMigrations);
        // Most starts find nothing to do, and loading Flyway would slow them down noticeably.
        if (missing) {
            LOG.info("Migrating the schema, after any replica that does so already");
            runMissing();
            examine(this::requireCurrent);
        }
        ConnectionPools.unpooled(settings).forEach(this::requireSession);
    }

    /**
     * Checks that acknowledged changes survive a crash of the database's machine. Fails with DATABASE_UNAVAILABLE if the database is
     * unreachable.
     *
     * @throws UnusableDatabase if they do not
     */
    public void requireDurable() {
        examine(check -> {
            check.requireDurableServer();
            return check;
        });
    }

    /**
     * Checks what {@link #migrate} checks, without migrating. Fails with DATABASE_UNAVAILABLE if the database is unreachable.
     *
     * @throws UnusableDatabase if the database cannot keep Jeton's promises, or migrations are missing
     */
    public void requireMigrated() {
        examine(this::requireCurrent);
        ConnectionPools.unpooled(settings).forEach(this::requireSession);
    }

    private boolean isMissingMigrations(DatabaseCheck check) {
        Schema schema = check.requireOwnSchema(newestVersion);
        if (schema.isBehind()) {
            check.requireMigratable(schema);
        } else {
            requireCurrent(check, schema);
        }
        return schema.isBehind();
    }

    private Schema requireCurrent(DatabaseCheck check) {
        return requireCurrent(check, check.requireOwnSchema(newestVersion));
    }

    private Schema requireCurrent(DatabaseCheck check, Schema schema) {
        if (schema.isBehind()) {
            throw new UnusableDatabase(
                    "The schema is not up to date; start this version's server once, which migrates it");
        }
        if (schema == Schema.NEWER) {
            LOG.info("A newer Jeton has migrated the schema beyond version {}", newestVersion);
        }
        // Other migrations than this version's lead to another schema.
        if (newestVersion.equals(NEWEST_VERSION)) {
            check.requireIntact(schema);
        }
        return schema;
    }

    private <T> T examine(Function<DatabaseCheck, T> work) {
        try (Handle handle = Jdbi.create(connections).open()) {
            DatabaseCheck check = new DatabaseCheck(handle);
            check.requireUsableServer();
            return work.apply(check);
        } catch (ConnectionException failure) {
            throw unreachable(failure);
        } catch (JdbiException failure) {
            throw new Unavailable(
                    ErrorReason.DATABASE_UNAVAILABLE,
                    "The database cannot be examined: %s; start again when it is fine"
                            .formatted(PostgresErrors.serverMessage(failure)),
                    failure);
        }
    }

    private RuntimeException unreachable(ConnectionException failure) {
        if (!(failure.getCause() instanceof SQLException reported)) {
            return failure;
        }
        if (!(reported instanceof UnsuitableSession) && isOnlyReadable()) {
            return new UnusableDatabase(
                    "The server is read-only: name the primary in the database URL, or reset default_transaction_read_only",
                    failure);
        }
        return ConnectionFailure.explain(reported);
    }

    /** The driver takes a server for a standby if it would refuse to write. */
    private boolean isOnlyReadable() {
        try (Handle handle = Jdbi.create(ConnectionPools.forDiagnosis(settings)).open()) {
            return handle.createQuery("SHOW transaction_read_only")
                    .mapTo(String.class)
                    .one()
                    .equals("on");
        } catch (JdbiException failure) {
            return false;
        }
    }

    private void requireSession(DatabaseRole role, DataSource source) {
        try (Connection connection = source.getConnection()) {
            LOG.debug("Verified a session as {}", role.roleName());
        } catch (SQLException failure) {
            ConnectionFailure.explainRefusal(failure, role, settings.user()).ifPresent(refusal -> {
                throw refusal;
            });
            // The pools try again, and verify each of their sessions.
            LOG.debug("No session as {} yet", role.roleName(), failure);
        }
    }

    private void runMissing() {
        for (int attempt = 1; ; attempt++) {
            try {
                flyway().load().migrate();
                return;
            } catch (FlywayValidateException failure) {
                throw new UnusableDatabase(
                        "A migration in the database differs from this version's; start the version that migrated it",
                        failure);
            } catch (FlywayException failure) {
                if (!PostgresErrors.isLockTimeout(failure)) {
                    throw new UnusableDatabase(
                            "The schema cannot be migrated: %s; see docs/operations/migrations.md"
                                    .formatted(PostgresErrors.serverMessage(failure)),
                            failure);
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

    /** Visible for tests. */
    FluentConfiguration flyway() {
        FluentConfiguration configuration = Flyway.configure(SchemaMigrator.class.getClassLoader())
                .dataSource(connections)
                .locations(locations)
                .defaultSchema("public")
                .createSchemas(false)
                .callbacks(new SessionReset())
                // Another replica may be building an index for hours.
                .lockRetryCount(FOREVER);
        // A transaction that holds the lock would block CREATE INDEX CONCURRENTLY forever.
        configuration
                .getConfigurationExtension(PostgreSQLConfigurationExtension.class)
                .setTransactionalLock(false);
        return configuration;
    }

    /** Undoes what a migration outside a transaction has set. */
    private static final class SessionReset extends BaseCallback {

        @Override
        public boolean supports(Event event, Context context) {
            return event == Event.AFTER_CONNECT || event == Event.BEFORE_EACH_MIGRATE;
        }

        @Override
        public boolean canHandleInTransaction(Event event, Context context) {
            return true;
        }

        @Override
        public void handle(Event event, Context context) {
            try (Statement statement = context.getConnection().createStatement()) {
                statement.execute(FRESH_SESSION);
            } catch (SQLException failure) {
                throw new FlywayException("The session cannot be reset", failure);
            }
        }
    }
}
