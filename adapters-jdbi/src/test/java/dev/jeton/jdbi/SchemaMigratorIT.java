package dev.jeton.jdbi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jeton.application.port.outbound.contract.Outcomes;
import dev.jeton.domain.error.ErrorReason;
import dev.jeton.domain.error.Unavailable;
import dev.jeton.domain.fixture.Tenants;
import dev.jeton.domain.tenant.Tenant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfoService;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

class SchemaMigratorIT {

    @Test
    void replicasMayStartTogether() {
        DatabaseSettings settings = TestDatabase.emptyDatabase();

        assertThat(Outcomes.of(4, number -> new SchemaMigrator(settings).migrate()))
                .isEqualTo(Map.of(Outcomes.DONE, 4L));

        int runs = Database.jdbi(ConnectionPools.forMigrations(settings)).withHandle(handle -> handle.select(
                        "SELECT count(*) FROM flyway_schema_history WHERE version = '1' AND success")
                .mapTo(Integer.class)
                .one());
        assertThat(runs).isOne();
    }

    @Test
    void newestVersionMatchesTheMigrations() {
        DatabaseSettings settings = TestDatabase.migratedDatabase();

        MigrationInfoService migrations = Flyway.configure()
                .dataSource(ConnectionPools.forMigrations(settings))
                .locations("classpath:db/migration")
                .load()
                .info();

        assertThat(migrations.pending()).isEmpty();
        assertThat(migrations.current().getVersion().getVersion()).isEqualTo(SchemaMigrator.NEWEST_VERSION);
    }

    @Test
    void upgradesTheSchemaOfAnOlderVersion() {
        DatabaseSettings settings = TestDatabase.emptyDatabase();
        Flyway.configure()
                .dataSource(ConnectionPools.forMigrations(settings))
                .locations("classpath:db/migration")
                .target("3")
                .load()
                .migrate();
        Jdbi jdbi = Database.jdbi(ConnectionPools.forMigrations(settings));
        jdbi.useHandle(handle -> handle.execute("""
                INSERT INTO tenants
                SELECT gen_random_uuid(), 'Acme AI', 'ACTIVE', 0, '{}', 'NOT_REQUIRED', NULL, '{}', NULL, false, false,
                       1, false, false, '{}', '{}', 0, now(), now(), 1
                """));

        new SchemaMigrator(settings).migrate();

        int positions = jdbi.withHandle(handle -> handle.select("SELECT count(*) FROM tenant_positions")
                .mapTo(Integer.class)
                .one());
        assertThat(positions).isOne();
    }

    /** Flyway gives up after 50 seconds unless told otherwise, but an index may take hours. */
    @Test
    void waitsForAnotherReplicasMigrationWithoutEnd() {
        assertThat(new SchemaMigrator(TestDatabase.emptyDatabase()).flyway().getLockRetryCount())
                .isEqualTo(-1);
    }

    @Test
    void aMigrationStartsWithoutTheSettingsOfTheOneBefore() {
        DatabaseSettings settings = TestDatabase.migratedDatabase();
        new SchemaMigrator(settings, "1001", "classpath:db/migration", "classpath:db/careless").migrate();

        String timeouts = Database.jdbi(ConnectionPools.forMigrations(settings))
                .withHandle(handle -> handle.select("SELECT lock_timeout || ' ' || statement_timeout FROM observed")
                        .mapTo(String.class)
                        .one());
        assertThat(timeouts).isEqualTo("500ms 0");
    }

    /** Statements queue behind a migration that waits for a table lock. */
    @Test
    void aMigrationThatWaitsForATableDoesNotBlockReaders() throws Exception {
        DatabaseSettings settings = TestDatabase.migratedDatabase();
        Jdbi jdbi = Database.jdbi(ConnectionPools.forMigrations(settings));
        SchemaMigrator next = new SchemaMigrator(settings, "1000", "classpath:db/migration", "classpath:db/next");

        CompletableFuture<Void> migration;
        try (Handle backup = jdbi.open()) {
            backup.begin();
            backup.execute("LOCK TABLE tokens IN ACCESS SHARE MODE");
            migration = CompletableFuture.runAsync(next::migrate);
            try (Handle reader = jdbi.open()) {
                reader.execute("SET statement_timeout = '10s'");
                while (!isAnyoneWaiting(reader)) {
                    assertThat(migration).isNotDone();
                }
                reader.execute("SELECT count(*) FROM tokens");
            }
            assertThat(migration).isNotDone();
            backup.commit();
        }
        migration.get();

        jdbi.useHandle(handle -> handle.execute("SELECT remark FROM tokens"));
    }

    private static boolean isAnyoneWaiting(Handle handle) {
        return handle.select("SELECT EXISTS (SELECT FROM pg_locks WHERE relation = 'tokens'::regclass AND NOT granted)")
                .mapTo(Boolean.class)
                .one();
    }

    @Test
    void acceptsTheSchemaOfALaterVersion() {
        DatabaseSettings settings = TestDatabase.migratedDatabase();
        new SchemaMigrator(settings, "1000", "classpath:db/migration", "classpath:db/next").migrate();

        assertThatCode(() -> new SchemaMigrator(settings).migrate()).doesNotThrowAnyException();
    }

    @Test
    void anUnreachableDatabaseIsUnavailable() {
        DatabaseSettings wrong = DatabaseSettings.of(
                TestDatabase.emptyDatabase().url().replaceFirst("/test_\\d+", "/no_such_database"),
                "postgres",
                "s3cr3t");

        assertThatThrownBy(() -> new SchemaMigrator(wrong).migrate())
                .isInstanceOfSatisfying(Unavailable.class, failure -> assertThat(failure.reason())
                        .isEqualTo(ErrorReason.DATABASE_UNAVAILABLE))
                .hasMessageContaining("check its URL")
                .hasMessageNotContaining("s3cr3t");
    }

    @Test
    void aLoginNeedsTheRolesAndNothingElse() {
        DatabaseSettings owner = TestDatabase.emptyDatabase();
        DatabaseSettings plain = DatabaseSettings.of(owner.url(), "plain", null);
        Jdbi superuser = Database.jdbi(ConnectionPools.forMigrations(owner));
        // Creates the roles, which belong to the whole cluster.
        TestDatabase.migratedDatabase();
        superuser.useHandle(handle -> {
            handle.execute("CREATE ROLE plain LOGIN");
            handle.execute("ALTER SCHEMA public OWNER TO plain");
        });

        assertThatThrownBy(() -> new SchemaMigrator(plain).migrate())
                .isInstanceOf(UnusableDatabase.class)
                .hasMessageContaining("jeton_management")
                .hasMessageContaining("docs/operations.md");

        superuser.useHandle(
                handle -> handle.execute(
                        "GRANT jeton_management, jeton_issuance, jeton_directory, jeton_verification, jeton_housekeeping TO plain"));
        new SchemaMigrator(plain).migrate();
        try (Database database = new Database(plain)) {
            Tenant tenant = Tenants.acme();
            assertThat(database.transactor()
                            .<Boolean>inTransaction(
                                    repositories -> repositories.tenants().insert(tenant)))
                    .isTrue();
        }
    }
}
