package dev.jeton.jdbi;

import com.zaxxer.hikari.HikariDataSource;
import dev.jeton.application.port.outbound.AuditChainStore;
import dev.jeton.application.port.outbound.ChangeRecords;
import dev.jeton.application.port.outbound.InstallationKeys;
import dev.jeton.application.port.outbound.RequestIds;
import dev.jeton.application.port.outbound.StoredDigests;
import dev.jeton.application.port.outbound.TokenIssuance;
import dev.jeton.application.port.outbound.TokenLookup;
import dev.jeton.application.port.outbound.Tombstones;
import dev.jeton.application.port.outbound.Transactor;
import dev.jeton.application.port.outbound.UsageLog;
import dev.jeton.application.port.outbound.contract.Persistence;
import dev.jeton.jdbi.sql.DatabaseRole;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Jdbi;

/**
 * Databases for tests, on one embedded PostgreSQL for the whole run. Their timeouts are long, so that a busy machine fails no test.
 */
public final class TestDatabase implements Persistence, AutoCloseable {
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final DatabaseSettings settings;
    private final Database database;
    private final Map<DatabaseRole, HikariDataSource> pools = new EnumMap<>(DatabaseRole.class);

    private TestDatabase(DatabaseSettings settings) {
        this.settings = settings;
        database = new Database(settings);
    }

    /** A database that all suites share; the schema is up to date. */
    public static TestDatabase shared() {
        return Shared.DATABASE;
    }

    /** A database for one class, with few connections; the schema is up to date. */
    public static TestDatabase fresh() {
        return new TestDatabase(patient(migratedDatabase(), 4));
    }

    /**
     * A fresh one with few connections, which log the plan of each statement that they execute, also of those in functions. Its statistics change
     * by ANALYZE only.
     */
    public static TestDatabase explained() {
        DatabaseSettings settings = migratedDatabase();
        String name = settings.url().substring(settings.url().lastIndexOf('/') + 1);
        Jdbi.create(Server.POSTGRES.getPostgresDatabase()).useHandle(handle -> {
            for (String setting : List.of(
                    "session_preload_libraries = 'auto_explain'",
                    "auto_explain.log_min_duration = 0",
                    "auto_explain.log_analyze = on",
                    "auto_explain.log_buffers = on",
                    "auto_explain.log_timing = off",
                    "auto_explain.log_nested_statements = on",
                    "auto_explain.log_format = 'json'")) {
                handle.execute("ALTER DATABASE " + name + " SET " + setting);
            }
        });
        TestDatabase explained = new TestDatabase(patient(settings, 1));
        explained.backdoor().useHandle(handle -> handle.select(
                        "SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
                .mapTo(String.class)
                .forEach(table -> handle.execute("ALTER TABLE " + table + " SET (autovacuum_enabled = false)")));
        return explained;
    }

    /** Creates a database without a schema; returns the default settings for it. */
    static DatabaseSettings emptyDatabase() {
        return create("test_" + NUMBER.incrementAndGet(), "template1");
    }

    /** Creates a database whose schema is up to date, by copying one migrated before; returns the default settings for it. */
    static DatabaseSettings migratedDatabase() {
        return create("test_" + NUMBER.incrementAndGet(), Template.NAME);
    }

    Database database() {
        return database;
    }

    /** Connects as a superuser, without a pool. */
    public Jdbi backdoor() {
        return Database.jdbi(ConnectionPools.forMigrations(settings));
    }

    /** Connects with the role and the settings that the server uses. */
    public Jdbi as(DatabaseRole role) {
        return Database.jdbi(pools.computeIfAbsent(role, this::pool));
    }

    private HikariDataSource pool(DatabaseRole role) {
        return switch (role) {
            case MANAGEMENT, DIRECTORY -> ConnectionPools.forTransactions(settings);
            case ISSUANCE -> ConnectionPools.forIssuance(settings);
            case VERIFICATION -> ConnectionPools.forLoads(settings);
            case HOUSEKEEPING -> ConnectionPools.forHousekeeping(settings);
        };
    }

    @Override
    public Transactor transactor() {
        return database.transactor();
    }

    @Override
    public TokenIssuance tokenIssuance() {
        return database.tokenIssuance();
    }

    @Override
    public TokenLookup tokenLookup() {
        return database.tokenLookup();
    }

    @Override
    public UsageLog usageLog() {
        return database.usageLog();
    }

    @Override
    public StoredDigests storedDigests() {
        return database.storedDigests();
    }

    @Override
    public RequestIds requestIds() {
        return database.requestIds();
    }

    @Override
    public ChangeRecords changeRecords() {
        return database.changeRecords();
    }

    @Override
    public Tombstones tombstones() {
        return database.tombstones();
    }

    @Override
    public AuditChainStore auditChains() {
        return database.auditChains();
    }

    @Override
    public InstallationKeys installationKeys() {
        return database.installationKeys();
    }

    @Override
    public void close() {
        pools.values().forEach(HikariDataSource::close);
        database.close();
    }

    private static DatabaseSettings create(String name, String template) {
        Jdbi.create(Server.POSTGRES.getPostgresDatabase())
                .useHandle(handle -> handle.execute("CREATE DATABASE " + name + " TEMPLATE " + template));
        return DatabaseSettings.of(
                "jdbc:postgresql://localhost:%d/%s".formatted(Server.POSTGRES.getPort(), name), "postgres", null);
    }

    private static DatabaseSettings patient(DatabaseSettings settings, int poolSize) {
        Duration patience = Duration.ofSeconds(20);
        return new DatabaseSettings(
                settings.url(),
                settings.user(),
                settings.password(),
                poolSize,
                Math.min(poolSize, 2),
                patience,
                patience,
                patience,
                patience,
                patience,
                settings.tableBytes());
    }

    private static final class Server {
        static final EmbeddedPostgres POSTGRES = start();

        private static EmbeddedPostgres start() {
            try {
                return EmbeddedPostgres.builder()
                        .setServerConfig("max_connections", "200")
                        .setServerConfig("deadlock_timeout", "50ms")
                        .setServerConfig("logging_collector", "on")
                        .setServerConfig("log_destination", "jsonlog")
                        .setServerConfig("log_rotation_size", "0")
                        .start();
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
    }

    private static final class Shared {
        static final TestDatabase DATABASE = new TestDatabase(patient(migratedDatabase(), 50));
    }

    private static final class Template {
        static final String NAME = migrated();

        private static String migrated() {
            new SchemaMigrator(create("migrated", "template1")).migrate();
            return "migrated";
        }
    }
}
