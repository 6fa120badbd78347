package dev.jeton.jdbi.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatList;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jeton.application.port.outbound.Repositories;
import dev.jeton.domain.fixture.AuditEvents;
import dev.jeton.domain.fixture.Policies;
import dev.jeton.domain.fixture.Tenants;
import dev.jeton.domain.fixture.Tokens;
import dev.jeton.domain.fixture.Users;
import dev.jeton.domain.fixture.Workloads;
import dev.jeton.domain.tenant.Tenant;
import dev.jeton.domain.tenant.TenantId;
import dev.jeton.domain.token.Token;
import dev.jeton.domain.user.User;
import dev.jeton.domain.workload.Workload;
import dev.jeton.jdbi.TestDatabase;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The database itself separates tenants, even for a statement without a filter. */
@Tag("G7")
class RowLevelSecurityIT {
    /** Privileges that no role of the server has. */
    private static final Map<String, Set<String>> WITHHELD = Map.of(
            "audit_events", Set.of("UPDATE", "DELETE", "TRUNCATE"),
            "audit_chain", Set.of("UPDATE", "DELETE", "TRUNCATE"),
            "audit_checkpoints", Set.of("INSERT", "UPDATE", "DELETE", "TRUNCATE"),
            "tokens", Set.of("TRUNCATE"),
            "tenants", Set.of("TRUNCATE"));

    private static final Tenant ACME = Tenants.acme();
    private static final Tenant OTHER = Tenants.acme();

    private static TestDatabase database;

    @BeforeAll
    static void open() {
        database = TestDatabase.fresh();
        for (Tenant tenant : List.of(ACME, OTHER)) {
            database.transactor().inTransaction(repositories -> store(tenant, repositories));
        }
    }

    @AfterAll
    static void close() {
        database.close();
    }

    static List<String> tenantTables() {
        return database.backdoor()
                .withHandle(
                        handle -> handle.createQuery("""
                        SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
                        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
                          AND a.attname = 'tenant_id'
                        ORDER BY 1
                        """).mapTo(String.class).list());
    }

    @Test
    void listsAllTablesOfTenants() {
        assertThat(tenantTables())
                .contains("tenants", "users", "workloads", "tokens", "token_workloads", "audit_events", "request_ids")
                .hasSizeGreaterThanOrEqualTo(11);
    }

    /** Includes tables added later. */
    @ParameterizedTest
    @MethodSource("tenantTables")
    void everyTenantTableHasAPolicyForManagement(String table) {
        String policies = database.backdoor().withHandle(handle -> handle.createQuery("""
                        SELECT c.relrowsecurity || ' ' || coalesce(string_agg(p.qual, ' or '), 'none')
                        FROM pg_class c
                        LEFT JOIN pg_policies p ON p.tablename = c.relname AND 'jeton_management' = ANY (p.roles)
                        WHERE c.oid = :table::regclass
                        GROUP BY c.relrowsecurity
                        """)
                .bind("table", table)
                .mapTo(String.class)
                .one());

        assertThat(policies).isEqualTo("true (tenant_id = jeton_tenant_id())");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tenants", "users", "workloads", "tokens", "token_workloads", "audit_events"})
    void aStatementWithoutAFilterReadsOneTenantOnly(String table) {
        String forgetful = "SELECT DISTINCT tenant_id FROM " + table;

        assertThatList(asManagement(ACME.id(), handle -> tenants(handle, forgetful)))
                .containsExactly(ACME.id());
        assertThatList(asManagement(null, handle -> tenants(handle, forgetful))).isEmpty();
        assertThatList(database.backdoor().withHandle(handle -> tenants(handle, forgetful)))
                .as("without row-level security")
                .containsExactlyInAnyOrder(ACME.id(), OTHER.id());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE users SET display_name = display_name RETURNING tenant_id",
                "UPDATE tenants SET state = state RETURNING tenant_id",
                "DELETE FROM token_workloads RETURNING tenant_id",
                "DELETE FROM tokens RETURNING tenant_id",
                "SELECT tenant_id FROM tokens FOR UPDATE"
            })
    void aStatementWithoutAFilterChangesOneTenantOnly(String forgetful) {
        assertThatList(asManagement(ACME.id(), handle -> tenants(handle, forgetful)))
                .isNotEmpty()
                .containsOnly(ACME.id());
        assertThatList(asManagement(null, handle -> tenants(handle, forgetful))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE users SET tenant_id = ?",
                "INSERT INTO deleted_tokens SELECT ?, token_id, user_id, now() FROM tokens"
            })
    void noRowCanBeMovedToAnotherTenant(String smuggling) {
        assertThatThrownBy(() -> asManagement(
                        ACME.id(),
                        handle -> handle.execute(smuggling, OTHER.id().value())))
                .hasMessageContaining("row-level security");
    }

    @Test
    void theTenantIsResetAfterATransaction() {
        Jdbi one = database.as(DatabaseRole.MANAGEMENT);
        one.useHandle(handle -> {
            handle.useTransaction(inside -> show(inside, ACME.id()));
            assertThat(tenants(handle, "SELECT tenant_id FROM users")).isEmpty();
        });
    }

    @Test
    void aQueuedStatementShowsNoTenantToTheStatementsBeforeIt() {
        database.as(DatabaseRole.MANAGEMENT).useTransaction(handle -> {
            TenantScope scope = new TenantScope(handle);
            ClosingStatements closing = new ClosingStatements(handle);
            closing.add(ACME.id(), "UPDATE users SET display_name = 'Grace'");

            assertThat(usersOf(scope, ACME.id())).isEqualTo(1);
            closing.add(OTHER.id(), "UPDATE users SET display_name = 'Mary'");
            assertThat(usersOf(scope, ACME.id())).isEqualTo(1);
            closing.commit();
        });

        List<String> names = database.backdoor()
                .withHandle(handle -> handle.createQuery("SELECT tenant_id || ' ' || display_name FROM users")
                        .mapTo(String.class)
                        .list());
        assertThat(names).containsExactlyInAnyOrder(ACME.id() + " Grace", OTHER.id() + " Mary");
    }

    @Test
    void acrossTenantsShowsIdsOnlyAndIsLimitedToOneStatement() {
        database.as(DatabaseRole.MANAGEMENT).useTransaction(handle -> {
            TenantScope scope = new TenantScope(handle);
            assertThat(scope.query(ACME.id(), "SELECT DISTINCT tenant_id FROM tokens")
                            .mapTo(UUID.class)
                            .list())
                    .hasSize(1);
            assertThat(scope.acrossTenants("SELECT DISTINCT tenant_id FROM tokens")
                            .mapTo(UUID.class)
                            .list())
                    .hasSize(2);
            assertThat(tenants(handle, "SELECT DISTINCT tenant_id FROM tokens")).containsExactly(ACME.id());
            assertThatThrownBy(() -> scope.acrossTenants("SELECT name FROM tokens")
                            .mapTo(String.class)
                            .list())
                    .hasMessageContaining("permission denied");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"tenants", "users", "workloads", "tokens"})
    void issuanceSeesTheTenantsThatItNamed(String table) {
        String forgetful = "SELECT DISTINCT tenant_id FROM " + table;

        assertThatList(asIssuance(List.of(ACME.id()), handle -> tenants(handle, forgetful)))
                .containsExactly(ACME.id());
        assertThatList(asIssuance(List.of(ACME.id(), OTHER.id()), handle -> tenants(handle, forgetful)))
                .containsExactlyInAnyOrder(ACME.id(), OTHER.id());
        assertThatList(asIssuance(List.of(), handle -> tenants(handle, forgetful)))
                .isEmpty();
    }

    /** PostgreSQL 18.6 has a hole for INSERT … ON CONFLICT DO UPDATE; DO NOTHING is not affected. */
    @ParameterizedTest
    @ValueSource(strings = {"", " ON CONFLICT DO NOTHING"})
    void issuanceAddsNoRowToAnotherTenant(String clause) {
        for (String insert : List.of(
                """
                INSERT INTO tokens (
                    tenant_id, token_id, user_id, tenant_wide, name, name_uniqueness, description, scopes,
                    secret_scheme, secret_digest, secret_hint, create_time, update_time, version)
                VALUES (:id, gen_random_uuid(), gen_random_uuid(), true, 'x', 'NOT_REQUIRED', '', '{}',
                    'sha256', sha256('x'), 'x', now(), now(), 1)""",
                "INSERT INTO token_workloads (tenant_id, token_id, workload_id) VALUES (:id, :id, :id)",
                "INSERT INTO audit_pending (tenant_id, event_id) VALUES (:id, :id)",
                """
                INSERT INTO audit_events (
                    tenant_id, event_id, create_time, action, resource_type, resource_id,
                    change_fields, change_old_values, change_new_values, call_id)
                VALUES (:id, :id, now(), 'x', 'TOKEN', :id, '{}', '{}', '{}', :id)""")) {
            assertThatThrownBy(() -> asIssuance(List.of(ACME.id()), handle -> handle.createUpdate(insert + clause)
                            .bind("id", OTHER.id().value())
                            .execute()))
                    .as(insert)
                    .hasMessageContaining("row-level security");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT secret_digest FROM tokens",
                "SELECT email FROM users",
                "UPDATE tokens SET cancel_reason = NULL",
                "UPDATE users SET role = 'OPERATOR'",
                "DELETE FROM tokens",
                "SELECT action FROM audit_events",
                "INSERT INTO users SELECT * FROM users"
            })
    void issuanceDoesNothingElse(String statement) {
        assertThatThrownBy(() -> asIssuance(List.of(ACME.id()), handle -> handle.execute(statement)))
                .hasMessageContaining("permission denied");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT email FROM users",
                "SELECT * FROM audit_events",
                "SELECT * FROM request_ids",
                "UPDATE tokens SET cancel_reason = NULL",
                "DELETE FROM tokens",
                "INSERT INTO token_workloads SELECT tenant_id, token_id, token_id FROM tokens",
                "SELECT token_id FROM tokens FOR UPDATE"
            })
    void verificationReadsOnlyWhatItNeeds(String statement) {
        assertThatThrownBy(() -> database.as(DatabaseRole.VERIFICATION).useHandle(handle -> handle.execute(statement)))
                .hasMessageContaining("permission denied");
    }

    @ParameterizedTest
    @EnumSource(DatabaseRole.class)
    void noRoleCanRewriteTheAuditTrailOrOwnsATable(DatabaseRole role) {
        database.backdoor().useHandle(handle -> {
            WITHHELD.forEach((table, privileges) -> privileges.forEach(
                    privilege -> assertThat(handle.createQuery("SELECT has_table_privilege(:role, :table, :privilege)")
                                    .bind("role", role.roleName())
                                    .bind("table", table)
                                    .bind("privilege", privilege)
                                    .mapTo(Boolean.class)
                                    .one())
                            .as("%s may %s %s", role, privilege, table)
                            .isFalse()));
            assertThat(handle.createQuery("""
                            SELECT count(*) FROM pg_class c JOIN pg_roles r ON r.oid = c.relowner WHERE r.rolname = :role
                            """)
                            .bind("role", role.roleName())
                            .mapTo(Integer.class)
                            .one())
                    .isZero();
            assertThat(handle.createQuery(
                                    "SELECT rolsuper OR rolbypassrls OR rolcanlogin FROM pg_roles WHERE rolname = :role")
                            .bind("role", role.roleName())
                            .mapTo(Boolean.class)
                            .one())
                    .isFalse();
        });
    }

    private static Token store(Tenant tenant, Repositories repositories) {
        User user = Users.member(tenant.id());
        Workload workload = Workloads.model(tenant.id());
        Token token = Tokens.issued(user, Policies.boundTo(1), Tokens.draft("QA-Test-Token", workload.id()));
        repositories.tenants().insert(tenant);
        repositories.users().insert(user);
        repositories.workloads().insert(workload);
        repositories.tokens().insert(token, Tokens.digest(token));
        repositories.audit().append(AuditEvents.of(tenant.id()));
        return token;
    }

    /** Rolls back at the end. */
    private static <T> T asManagement(@Nullable TenantId tenantId, Function<Handle, T> work) {
        return database.as(DatabaseRole.MANAGEMENT).inTransaction(handle -> {
            if (tenantId != null) {
                show(handle, tenantId);
            }
            T result = work.apply(handle);
            handle.rollback();
            return result;
        });
    }

    /** Rolls back at the end. */
    private static <T> T asIssuance(List<TenantId> tenantIds, Function<Handle, T> work) {
        return database.as(DatabaseRole.ISSUANCE).inTransaction(handle -> {
            handle.createQuery("SELECT set_config('jeton.tenant_ids', ?, true)")
                    .bind(0, tenantIds.stream().map(TenantId::toString).collect(Collectors.joining(",", "{", "}")))
                    .mapTo(String.class)
                    .one();
            T result = work.apply(handle);
            handle.rollback();
            return result;
        });
    }

    private static int usersOf(TenantScope scope, TenantId tenantId) {
        return scope.query(tenantId, "SELECT count(*) FROM users")
                .mapTo(Integer.class)
                .one();
    }

    private static List<TenantId> tenants(Handle handle, String sql) {
        return handle.createQuery(sql).mapTo(UUID.class).map(TenantId::new).list();
    }

    private static void show(Handle handle, TenantId tenantId) {
        new TenantScope(handle).query(tenantId, "SELECT 1").mapTo(Integer.class).one();
    }
}
