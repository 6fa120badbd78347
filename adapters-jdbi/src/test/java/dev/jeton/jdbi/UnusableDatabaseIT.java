package dev.jeton.jdbi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jeton.domain.error.Unavailable;
import dev.jeton.jdbi.DatabaseCheck.Schema;
import dev.jeton.jdbi.Pooler.Habit;
import dev.jeton.jdbi.sql.DatabaseRole;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Databases that cannot keep the promises are refused at start in a sentence, and nothing in them is changed. */
@Tag("G22")
@Timeout(60)
class UnusableDatabaseIT {
    private static final String ROLES =
            "jeton_management, jeton_issuance, jeton_directory, jeton_verification, jeton_housekeeping";

    private static DatabaseSettings migrated;

    @BeforeAll
    static void createRolesAndLogins() {
        // Migrations create the roles, which belong to the whole cluster.
        migrated = TestDatabase.migratedDatabase();
        superuser(migrated)
                .useHandle(handle -> handle.createScript("""
                        CREATE ROLE member LOGIN;
                        GRANT %s TO member;
                        CREATE ROLE stranger LOGIN;
                        """.formatted(ROLES)).execute());
    }

    @Test
    void acceptsAMigratedDatabaseAndAnEmptyOne() {
        new SchemaMigrator(migrated).migrate();
        new SchemaMigrator(TestDatabase.emptyDatabase()).migrate();
    }

    @Test
    void acceptsOnlyAMigratedDatabaseIfItMayNotMigrate() {
        DatabaseSettings empty = TestDatabase.emptyDatabase();

        new SchemaMigrator(migrated).requireMigrated();
        assertThatThrownBy(() -> new SchemaMigrator(empty).requireMigrated())
                .isInstanceOf(UnusableDatabase.class)
                .hasMessage("The schema is not up to date; start this version's server once, which migrates it");
        assertThat(tables(empty)).isEmpty();
    }

    @Test
    void aLoginThatMayNotCreateTables() {
        DatabaseSettings empty = TestDatabase.emptyDatabase();

        assertRefused(
                as("member", empty),
                "The login member may not create tables in the schema public; run ALTER DATABASE \"%s\" OWNER TO \"member\"");
    }

    @Test
    void aLoginThatCanNeitherCreateNorAssumeTheRoles() {
        DatabaseSettings empty = after("ALTER SCHEMA public OWNER TO stranger", TestDatabase.emptyDatabase());

        assertRefused(as("stranger", empty), "the role jeton_management", "the login stranger", "docs/operations.md");
        assertThat(tables(empty)).isEmpty();
    }

    @Test
    void aLoginThatIsNoMemberOfTheRolesOfAMigratedDatabase() {
        DatabaseSettings readable =
                after("GRANT SELECT ON flyway_schema_history TO stranger", TestDatabase.migratedDatabase());

        assertRefused(as("stranger", readable), "The login stranger cannot act as the role", "run GRANT jeton_");
    }

    @Test
    void aLoginThatMayNotReadTheHistory() {
        assertRefused(as("member", migrated), "does not own the table flyway_schema_history", "OWNER TO");
    }

    @Test
    void aLoginThatDoesNotOwnTheTablesToMigrate() {
        DatabaseSettings older = after("""
                        ALTER SCHEMA public OWNER TO member;
                        ALTER TABLE flyway_schema_history OWNER TO member;
                        DELETE FROM flyway_schema_history WHERE version = '%s'
                        """.formatted(SchemaMigrator.NEWEST_VERSION), TestDatabase.migratedDatabase());

        assertRefused(
                as("member", older), "The login member does not own the table audit_chain", "OWNER TO \"member\"");
    }

    @Test
    void anotherProgramsTables() {
        DatabaseSettings foreign = after("CREATE TABLE customers (id int)", TestDatabase.emptyDatabase());

        assertRefused(foreign, "holds customers, which is not Jeton's; create a database for Jeton alone");
        assertThat(tables(foreign)).containsExactly("customers");
    }

    @Test
    void anotherProgramsHistory() {
        DatabaseSettings foreign = after("""
                        CREATE TABLE flyway_schema_history (
                            installed_rank int, version text, script text, success boolean);
                        INSERT INTO flyway_schema_history VALUES (1, '1', 'V1__customers.sql', true), (2, '10', 'V10__x.sql', true);
                        """, TestDatabase.emptyDatabase());

        assertRefused(
                foreign, "begins with V1__customers.sql, which is not Jeton's; create a database for Jeton alone");
    }

    @Test
    void aMigrationThatFailedHalfway() {
        DatabaseSettings halfway = after(
                "UPDATE flyway_schema_history SET success = false WHERE version = '7'",
                TestDatabase.migratedDatabase());

        assertRefused(halfway, "Migration 7 failed halfway; run DELETE FROM flyway_schema_history WHERE NOT success");
    }

    @Test
    void aMigrationThatWasEdited() {
        DatabaseSettings edited = after("""
                        UPDATE flyway_schema_history SET checksum = 1 WHERE version = '2';
                        DELETE FROM flyway_schema_history WHERE version = '%s'
                        """.formatted(SchemaMigrator.NEWEST_VERSION), TestDatabase.migratedDatabase());

        assertRefused(edited, "A migration in the database differs from this version's; start the version that");
    }

    /** As pg_restore --no-acl leaves it, or a restore before the roles existed. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "REVOKE ALL ON tokens FROM jeton_management; table tokens: jeton_management may",
                "REVOKE SELECT (expire_time) ON tokens FROM jeton_verification; table tokens: jeton_verification may SELECT",
                "DROP POLICY tokens_across_tenants ON tokens; table tokens: policy tokens_across_tenants",
                "ALTER TABLE tokens DISABLE ROW LEVEL SECURITY; table tokens: row security enabled",
                "ALTER TABLE tokens DROP CONSTRAINT tokens_name_uniqueness_known; table tokens: constraint tokens_name_uniqueness_known",
                "DROP INDEX tokens_name_per_user; table tokens: CREATE UNIQUE INDEX tokens_name_per_user",
                "DROP TABLE audit_chain; table audit_chain: tenant_id uuid"
            })
    void aRestoreThatLostSomething(String loss, String named) {
        assertNotIntact(loss, "The schema lacks \"" + named, "restore it with its roles and grants");
    }

    @Test
    void aRestoreWithoutPrivileges() {
        assertRefused(
                after("REVOKE ALL ON ALL TABLES IN SCHEMA public FROM " + ROLES, TestDatabase.migratedDatabase()),
                "The schema lacks \"table",
                "restore it with its roles and grants");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "GRANT DELETE ON audit_events TO jeton_management; jeton_management may DELETE",
                "GRANT SELECT ON tokens TO PUBLIC; PUBLIC may SELECT",
                "CREATE POLICY open ON tokens TO jeton_management USING (true); policy open"
            })
    void moreAccessThanTheMigrationsGive(String grant, String named) {
        assertNotIntact(grant, "The schema grants more than Jeton needs", named, "revoke it");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "REVOKE USAGE ON SCHEMA public FROM PUBLIC; may not use the schema public; run GRANT USAGE ON SCHEMA public TO jeton_",
                "REVOKE EXECUTE ON FUNCTION jeton_tenant_id FROM PUBLIC; may not call jeton_tenant_id; run GRANT EXECUTE ON FUNCTION",
                "ALTER ROLE jeton_management BYPASSRLS; bypasses row-level security; run ALTER ROLE jeton_management NOSUPERUSER NOBYPASSRLS",
                "GRANT postgres TO jeton_verification; jeton_verification bypasses row-level security; revoke its memberships",
                "ALTER ROLE jeton_directory RENAME TO lost; The role jeton_directory does not exist; see docs/operations.md"
            })
    void rolesThatCannotWorkOrCanDoTooMuch(String change, String cause, String remedy) {
        assertNotIntact(change, cause, remedy);
    }

    @Test
    void aDatabaseWithoutTheSchemaPublic() {
        assertRefused(
                after("DROP SCHEMA public", TestDatabase.emptyDatabase()),
                "has no schema public",
                "CREATE SCHEMA public");
    }

    @Test
    void aNewerSchemaWithoutWhatThisVersionNeeds() {
        DatabaseSettings newer = TestDatabase.migratedDatabase();
        new SchemaMigrator(newer, "1000", "classpath:db/migration", "classpath:db/next").migrate();
        new SchemaMigrator(newer).migrate();

        after("ALTER TABLE tokens DROP COLUMN description", newer);

        assertRefused(newer, "A newer Jeton has migrated the schema, which no longer has \"table tokens: description");
    }

    @Test
    void anEncodingOtherThanUtf8() {
        DatabaseSettings settings = TestDatabase.emptyDatabase();
        superuser(settings)
                .useHandle(handle ->
                        handle.execute("CREATE DATABASE latin TEMPLATE template0 ENCODING 'LATIN1' LOCALE 'C'"));

        assertRefused(
                at(settings.url().replaceFirst("/test_\\d+", "/latin"), settings.user()),
                "The database latin has the encoding LATIN1; create one with TEMPLATE template0 ENCODING 'UTF8'");
    }

    @Test
    void aReadOnlyDatabase() {
        DatabaseSettings readOnly = TestDatabase.emptyDatabase();
        alter(readOnly, "SET default_transaction_read_only = on");

        assertRefused(readOnly, "The server is read-only: name the primary in the database URL");
        assertThatThrownBy(() -> ConnectionPools.forMigrations(readOnly).getConnection())
                .hasMessageContaining("primary");
    }

    /** As the server of these tests does, to be quick. */
    @Test
    void aServerThatLosesDataInACrash() {
        SchemaMigrator migrator = new SchemaMigrator(TestDatabase.emptyDatabase());

        assertThatThrownBy(migrator::requireDurable)
                .isInstanceOf(UnusableDatabase.class)
                .hasMessage(
                        "The server has fsync = off, so a crash loses acknowledged changes; set it to on and reload");
    }

    /** Roles and databases can set parameters of sessions. */
    @Test
    void settingsOfTheDatabaseDoNotReachSessions() {
        DatabaseSettings settings = TestDatabase.migratedDatabase();
        for (String setting : List.of(
                "synchronous_commit = off",
                "search_path = elsewhere",
                "statement_timeout = 0",
                "enable_seqscan = on",
                "row_security = off",
                "lock_timeout = '1h'",
                "quote_all_identifiers = on")) {
            alter(settings, "SET " + setting);
        }

        new SchemaMigrator(settings).migrate();
        ConnectionPools.unpooled(settings).values().forEach(source -> Database.jdbi(source)
                .useHandle(handle -> assertThat(handle.select(
                                        "SELECT current_setting('synchronous_commit'), current_setting('search_path')")
                                .map((row, context) -> row.getString(1) + " " + row.getString(2))
                                .one())
                        .isEqualTo("on public")));
    }

    @Test
    void aSettingThatJetonCannotSetItself() {
        DatabaseSettings settings = TestDatabase.migratedDatabase();
        alter(settings, "SET session_replication_role = replica");

        assertRefused(settings, "Database sessions have session_replication_role = replica instead of origin");
    }

    @Test
    void aPoolerThatDropsStartUpParameters() throws Exception {
        try (Pooler pooler = new Pooler(migrated, Habit.DROPS_OPTIONS)) {
            assertRefused(pooler.settings(), "connect without a pooler");
            assertNoSessionIsUsed(pooler.settings());
        }
    }

    @Test
    void aPoolerThatSharesSessions() throws Exception {
        try (Pooler pooler = new Pooler(migrated, Habit.INVENTS_PROCESS_IDS)) {
            assertRefused(pooler.settings(), "leads to a connection pooler", "connect to PostgreSQL itself");
            assertNoSessionIsUsed(pooler.settings());
        }
    }

    @Test
    void aProxyThatForwardsEverythingIsNoPooler() throws Exception {
        try (Pooler proxy = new Pooler(migrated, Habit.NONE)) {
            new SchemaMigrator(proxy.settings()).migrate();
        }
    }

    /** Also while a server runs: a call then fails with UNAVAILABLE. */
    private static void assertNoSessionIsUsed(DatabaseSettings settings) {
        try (Database database = new Database(settings)) {
            assertThatThrownBy(() -> database.transactor().inTransaction(repositories -> "served"))
                    .isInstanceOf(Unavailable.class)
                    .hasRootCauseInstanceOf(UnsuitableSession.class);
        }
        Map<DatabaseRole, DataSource> sources = ConnectionPools.unpooled(settings);
        assertThat(sources).hasSize(4);
        sources.values()
                .forEach(source -> assertThatThrownBy(source::getConnection).isInstanceOf(UnsuitableSession.class));
    }

    private static void assertRefused(DatabaseSettings settings, String... parts) {
        String database = settings.url().replaceFirst(".*/([^?]*).*", "$1");
        assertThatThrownBy(() -> new SchemaMigrator(settings).migrate())
                .isInstanceOf(UnusableDatabase.class)
                .message()
                .hasLineCount(1)
                .doesNotContainPattern("[a-z]\\.[A-Z]\\w+")
                .contains(List.of(parts).stream()
                        .map(part -> part.replace("%s", database))
                        .toList());
    }

    /** Rolls the change back. */
    private static void assertNotIntact(String change, String... parts) {
        Jdbi.create(ConnectionPools.forMigrations(migrated)).useTransaction(handle -> {
            handle.execute(change);
            assertThatThrownBy(() -> new DatabaseCheck(handle).requireIntact(Schema.CURRENT))
                    .isInstanceOf(UnusableDatabase.class)
                    .message()
                    .hasLineCount(1)
                    .contains(parts);
            handle.rollback();
        });
    }

    private static DatabaseSettings after(String change, DatabaseSettings settings) {
        superuser(settings).useHandle(handle -> handle.createScript(change).execute());
        return settings;
    }

    private static void alter(DatabaseSettings settings, String change) {
        String database = settings.url().replaceFirst(".*/([^?]*).*", "$1");
        superuser(settings).useHandle(handle -> handle.execute("ALTER DATABASE " + database + " " + change));
    }

    private static List<String> tables(DatabaseSettings settings) {
        return superuser(settings).withHandle(handle -> handle.select(
                        "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
                .mapTo(String.class)
                .list());
    }

    private static DatabaseSettings as(String login, DatabaseSettings settings) {
        return at(settings.url(), login);
    }

    private static DatabaseSettings at(String url, String login) {
        return DatabaseSettings.of(url, login, null);
    }

    private static Jdbi superuser(DatabaseSettings settings) {
        return Jdbi.create(ConnectionPools.forDiagnosis(at(settings.url(), "postgres")));
    }
}
