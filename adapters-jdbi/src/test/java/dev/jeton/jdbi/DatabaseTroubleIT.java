package dev.jeton.jdbi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jeton.application.port.outbound.TokenLookup.Snapshot;
import dev.jeton.application.port.outbound.TokenLookup.TokenKey;
import dev.jeton.application.port.outbound.Transactor;
import dev.jeton.application.port.outbound.contract.Outcomes;
import dev.jeton.domain.error.ErrorReason;
import dev.jeton.domain.error.Unavailable;
import dev.jeton.domain.fixture.AuditEvents;
import dev.jeton.domain.fixture.Tenants;
import dev.jeton.domain.fixture.Tokens;
import dev.jeton.domain.tenant.Tenant;
import dev.jeton.jdbi.sql.Transactions;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What callers see when the database fails, with the default timeouts. */
class DatabaseTroubleIT {
    private static final Duration LIMIT = Duration.ofMillis(2_500);

    private static DatabaseSettings settings;
    private static Database database;
    private static Jdbi backdoor;
    private static Transactions transactions;

    @BeforeAll
    static void open() {
        settings = TestDatabase.migratedDatabase();
        database = new Database(settings);
        backdoor = Database.jdbi(ConnectionPools.forMigrations(settings));
        transactions = database.transactions();
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @Test
    void aKilledConnectionIsUnavailableAndTheNextCallSucceeds() {
        assertUnavailable(() -> transactions.run(handle -> {
            kill(pid(handle));
            return handle.execute("SELECT 1");
        }));

        String answer = database.transactor().inTransaction(repositories -> "served");
        assertThat(answer).isEqualTo("served");
    }

    /** The freshness reads must not wait until another connection is open. */
    @Test
    void verificationGoesOnWhenItsConnectionIsLostAndNoOtherOpens() throws InterruptedException {
        DatabaseSettings own = TestDatabase.migratedDatabase();
        Jdbi elsewhere = Database.jdbi(ConnectionPools.forMigrations(TestDatabase.emptyDatabase()));
        Set<TokenKey> unknown = Set.of(new TokenKey(Tenants.anId(), Tokens.anId()));
        try (Database alone = new Database(own);
                Handle watcher =
                        Database.jdbi(ConnectionPools.forMigrations(own)).open()) {
            assertThat(alone.tokenLookup().read(unknown, Set.of())).succeedsWithin(LIMIT);
            waitForIdleConnections(watcher);
            String name = watcher.select("SELECT current_database()")
                    .mapTo(String.class)
                    .one();
            elsewhere.useHandle(handle -> handle.execute("ALTER DATABASE " + name + " ALLOW_CONNECTIONS false"));

            kill(watcher.select("""
                            SELECT pid FROM pg_stat_activity
                            WHERE datname = current_database() AND query LIKE 'SELECT now(), p.tenant_id%'
                            """).mapTo(Integer.class).one());

            alone.tokenLookup()
                    .read(unknown, Set.of())
                    .exceptionally(lost -> null)
                    .toCompletableFuture()
                    .join();
            for (int i = 0; i < 10; i++) {
                assertThat(alone.tokenLookup().read(unknown, Set.of())).succeedsWithin(LIMIT);
            }
        }
    }

    /** Pools open their connections in the background. */
    private static void waitForIdleConnections(Handle watcher) throws InterruptedException {
        int before = -1;
        int now = 0;
        while (now != before) {
            Thread.sleep(1_000);
            before = now;
            now = watcher.select("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()")
                    .mapTo(Integer.class)
                    .one();
        }
    }

    /** PostgreSQL warns when its synchronous standby may lack the commit. */
    @Test
    void aCommitWithAWarningIsUnavailable() {
        backdoor.useHandle(handle -> {
            handle.execute("""
                    CREATE FUNCTION warn() RETURNS trigger LANGUAGE plpgsql AS
                        $$ BEGIN RAISE WARNING 'wait cancelled'; RETURN NEW; END $$
                    """);
            handle.execute("CREATE TRIGGER warn AFTER INSERT ON audit_events FOR EACH ROW EXECUTE FUNCTION warn()");
        });
        try {
            assertUnavailable(() -> database.transactor().inTransaction(repositories -> {
                repositories.audit().append(AuditEvents.of(Tenants.anId()));
                return "done";
            }));
        } finally {
            backdoor.useHandle(handle -> handle.execute("DROP FUNCTION warn CASCADE"));
        }
    }

    @Test
    void aConnectionLostAtCommitIsUnavailableAndNotRerun() {
        // A database of its own, so that this transaction is the only one.
        DatabaseSettings own = TestDatabase.migratedDatabase();
        Tenant tenant = Tenants.acme();
        AtomicInteger runs = new AtomicInteger();

        try (Database alone = new Database(own)) {
            assertUnavailable(() -> alone.transactor().inTransaction(repositories -> {
                runs.incrementAndGet();
                repositories.tenants().insert(tenant);
                kill(onlyOpenTransaction(own));
                return "committed";
            }));

            assertThat(runs).hasValue(1);
            Optional<Tenant> stored = alone.transactor()
                    .inTransaction(repositories -> repositories.tenants().find(tenant.id()));
            assertThat(stored).isEmpty();
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void aLockTimeoutIsUnavailable() {
        Tenant tenant = Tenants.acme();
        database.transactor()
                .inTransaction(repositories -> repositories.tenants().insert(tenant));

        backdoor.useTransaction(handle -> {
            handle.execute(
                    "SELECT FROM tenants WHERE tenant_id = ? FOR UPDATE",
                    tenant.id().value());
            assertUnavailable(() -> database.transactor()
                    .inTransaction(repositories -> repositories.tenants().lock(tenant.id())));
        });
    }

    /** Neither of them exceeds the limit of a statement. */
    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void statementsThatTogetherTakeTooLongAreUnavailable() {
        assertUnavailable(() -> transactions.run(handle -> {
            handle.execute("SELECT pg_sleep(1.5)");
            return handle.execute("SELECT pg_sleep(1.5)");
        }));
    }

    @Test
    void aReadOnlyServerIsUnavailable() {
        assertUnavailable(() -> transactions.run(handle -> {
            handle.execute("SET TRANSACTION READ ONLY");
            return handle.execute("DELETE FROM users");
        }));
    }

    @Test
    void aReadOnlyConnectionIsEvicted() {
        DatabaseSettings one = new DatabaseSettings(
                settings.url(),
                settings.user(),
                settings.password(),
                1,
                1,
                settings.connectTimeout(),
                settings.socketTimeout(),
                settings.statementTimeout(),
                settings.poolWait(),
                settings.lookupTimeout(),
                settings.tableBytes());
        try (Database single = new Database(one)) {
            single.transactions().run(handle -> handle.execute("SET SESSION default_transaction_read_only = on"));
            Transactor only = single.transactor();
            assertUnavailable(() ->
                    only.inTransaction(repositories -> repositories.tenants().insert(Tenants.acme())));

            assertThat(only.<Boolean>inTransaction(
                            repositories -> repositories.tenants().insert(Tenants.acme())))
                    .isTrue();
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void aMissingServerIsUnavailable() throws IOException {
        assertNothingWorks(unusedPort());
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void aSilentServerIsUnavailable() throws IOException {
        try (ServerSocket silent = new ServerSocket(0)) {
            assertNothingWorks(silent.getLocalPort());
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void detectsACallPastTheLimit() {
        try (Stopwatch stopwatch = new Stopwatch()) {
            assertThatThrownBy(() -> assertUnavailable(() -> {
                        while (stopwatch.elapsed().compareTo(LIMIT.plusMillis(500)) < 0) {
                            Thread.sleep(10);
                        }
                        throw new Unavailable(ErrorReason.DATABASE_UNAVAILABLE, "too late", null);
                    }))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("2.5S");
        }
    }

    private static int unusedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static void assertNothingWorks(int port) {
        DatabaseSettings nowhere =
                DatabaseSettings.of("jdbc:postgresql://127.0.0.1:%d/jeton".formatted(port), "jeton", null);
        TokenKey key = new TokenKey(Tenants.anId(), Tokens.anId());
        try (Database unreachable = new Database(nowhere)) {
            List<ThrowingCallable> calls = List.of(
                    () -> unreachable.transactor().inTransaction(repositories -> "never"),
                    () -> unreachable.usageLog().record(Map.of(key, Instant.EPOCH)),
                    () -> unreachable.tombstones().removeBefore(Instant.EPOCH),
                    () -> answer(unreachable.tokenLookup().read(Set.of(key), Set.of())));

            // At the same time, because each waits.
            assertThat(Outcomes.of(calls.size(), number -> assertUnavailable(calls.get(number))))
                    .isEqualTo(Map.of(Outcomes.DONE, (long) calls.size()));
        }
    }

    private static Snapshot answer(CompletionStage<Snapshot> read) throws Throwable {
        try {
            return read.toCompletableFuture().get(30, TimeUnit.SECONDS);
        } catch (ExecutionException failed) {
            throw failed.getCause();
        }
    }

    private static void assertUnavailable(ThrowingCallable call) {
        try (Stopwatch stopwatch = new Stopwatch()) {
            assertThatThrownBy(call)
                    .isInstanceOfSatisfying(Unavailable.class, unavailable -> assertThat(unavailable.reason())
                            .isEqualTo(ErrorReason.DATABASE_UNAVAILABLE))
                    .hasMessageNotContainingAny("SELECT", "tenants", "jdbc");
            assertThat(stopwatch.elapsed()).isLessThan(LIMIT);
        }
    }

    private static int pid(Handle handle) {
        return handle.select("SELECT pg_backend_pid()").mapTo(Integer.class).one();
    }

    private static int onlyOpenTransaction(DatabaseSettings own) {
        return Database.jdbi(ConnectionPools.forMigrations(own))
                .withHandle(handle -> handle.select("""
                        SELECT pid FROM pg_stat_activity
                        WHERE datname = current_database() AND state = 'idle in transaction'
                        """).mapTo(Integer.class).one());
    }

    /** Returns after the server has closed the connection. */
    private static void kill(int pid) {
        backdoor.useHandle(handle -> {
            assertThat(handle.select("SELECT pg_terminate_backend(?, 5000)", pid)
                            .mapTo(Boolean.class)
                            .one())
                    .isTrue();
        });
    }
}
