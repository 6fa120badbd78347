package dev.jeton.jdbi;

import dev.jeton.application.port.outbound.AuditChainStore;
import dev.jeton.application.port.outbound.ChangeRecords;
import dev.jeton.application.port.outbound.RequestIds;
import dev.jeton.application.port.outbound.StoredDigests;
import dev.jeton.application.port.outbound.TokenLookup;
import dev.jeton.application.port.outbound.Tombstones;
import dev.jeton.application.port.outbound.Transactor;
import dev.jeton.application.port.outbound.UsageLog;
import dev.jeton.application.port.outbound.contract.Persistence;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Jdbi;

/**
 * Databases for tests, on one embedded PostgreSQL for the whole run. Its time-outs are long, because a busy machine is not what is tested.
 */
final class TestDatabase implements Persistence, AutoCloseable {
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final DatabaseSettings settings;
    private final Database database;

    private TestDatabase(DatabaseSettings settings) {
        this.settings = settings;
        database = new Database(settings);
    }

    /** One that all suites share; the schema is up to date. */
    static TestDatabase shared() {
        return Shared.DATABASE;
    }

    /** One of its own, with few connections; the schema is up to date. */
    static TestDatabase fresh() {
        DatabaseSettings settings = patient(emptyDatabase(), 4);
        new SchemaMigrator(settings).migrate();
        return new TestDatabase(settings);
    }

    /** The settings of a new database without a schema, as in production. */
    static DatabaseSettings emptyDatabase() {
        String name = "test_" + NUMBER.incrementAndGet();
        Jdbi.create(Server.POSTGRES.getPostgresDatabase())
                .useHandle(handle -> handle.execute("CREATE DATABASE " + name));
        return DatabaseSettings.of(Server.POSTGRES.getJdbcUrl("postgres", name), "postgres", null);
    }

    DatabaseSettings settings() {
        return settings;
    }

    Database database() {
        return database;
    }

    /** A way in past the ports, without a pool. */
    Jdbi backdoor() {
        return Database.jdbi(ConnectionPools.forMigrations(settings));
    }

    @Override
    public Transactor transactor() {
        return database.transactor();
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
    public void close() {
        database.close();
    }

    private static DatabaseSettings patient(DatabaseSettings settings, int poolSize) {
        Duration patience = Duration.ofSeconds(20);
        return new DatabaseSettings(
                settings.url(),
                settings.user(),
                settings.password(),
                poolSize,
                2,
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
                        .start();
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
    }

    private static final class Shared {
        static final TestDatabase DATABASE = open();

        private static TestDatabase open() {
            DatabaseSettings settings = patient(emptyDatabase(), 50);
            new SchemaMigrator(settings).migrate();
            return new TestDatabase(settings);
        }
    }
}
