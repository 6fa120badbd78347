package dev.jeton.jdbi.management;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jeton.application.page.Cursor;
import dev.jeton.application.page.Page;
import dev.jeton.application.page.PageRequest;
import dev.jeton.application.page.TokenFilter;
import dev.jeton.domain.tenant.TenantId;
import dev.jeton.domain.token.Token;
import dev.jeton.domain.user.UserId;
import dev.jeton.domain.workload.WorkloadId;
import dev.jeton.jdbi.PreparedPlan;
import dev.jeton.jdbi.TestDatabase;
import dev.jeton.jdbi.sql.DatabaseRole;
import dev.jeton.jdbi.sql.TenantScope;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The cost of listing and unassigning tokens does not grow with the data. */
class TokenPlanIT {
    private static final int PAGE_SIZE = 100;
    private static final int SLICE = PAGE_SIZE + 1;
    private static final TenantId TENANT = new TenantId(id(1, 1));
    private static final TenantId SMALL_TENANT = new TenantId(id(1, 11));
    private static final UserId OWNER = new UserId(id(2, 1));
    private static final WorkloadId WORKLOAD = new WorkloadId(id(3, 1));
    /** Above all token ids. */
    private static final UUID END = id(9, 0);

    private static TestDatabase database;

    /**
     * Inserts 20,000 tokens of ten tenants, interleaved. The first tenant has half of them, of ten users, each bound to one of ten workloads.
     * An eleventh tenant has one page of tokens, older than all others.
     */
    @BeforeAll
    static void fill() {
        database = TestDatabase.fresh();
        database.backdoor().useHandle(handle -> {
            handle.execute(PreparedPlan.ID_FUNCTION);
            handle.createScript("""
                            INSERT INTO tenants
                            SELECT id(1, n), 'Acme AI', 'ACTIVE', 0, '{}', 'NOT_REQUIRED', NULL, '{}', NULL, false, false,
                                   1, false, false, '{}', '{}', 0, now(), now(), 1
                            FROM generate_series(1, 11) n;
                            INSERT INTO tenant_positions SELECT tenant_id, 0, id(5, 1), id(5, 1) FROM tenants;
                            INSERT INTO users
                            SELECT id(1, t), id(2, n), n || '@example.com', n || '@example.com', 'Ada', 'MEMBER', 'ACTIVE',
                                   now(), now(), 1
                            FROM generate_series(1, 11) t, generate_series(1, 10) n;
                            INSERT INTO workloads
                            SELECT id(1, t), id(3, n), 'model-' || n, 'MODEL', 'ACTIVE', now(), now(), 1
                            FROM generate_series(1, 10) t, generate_series(1, 10) n;
                            INSERT INTO tokens
                            SELECT id(1, greatest(1, n % 20 - 9)), id(4, n), id(2, n / 20 % 10 + 1), false, 'token-' || n,
                                   'NOT_REQUIRED', '', '{}', 'sha256', '\\x00', 'jtn_…XXXX', NULL, NULL, now(), now(), 1
                            FROM generate_series(1, 20000) n;
                            INSERT INTO tokens
                            SELECT id(1, 11), id(0, n), id(2, 1), false, 'token-' || n,
                                   'NOT_REQUIRED', '', '{}', 'sha256', '\\x00', 'jtn_…XXXX', NULL, NULL, now(), now(), 1
                            FROM generate_series(1, 100) n;
                            INSERT INTO token_workloads
                            SELECT id(1, greatest(1, n % 20 - 9)), id(4, n), id(3, n / 20 % 10 + 1)
                            FROM generate_series(1, 20000) n
                            """).execute();
            handle.execute("VACUUM ANALYZE");
        });
    }

    @AfterAll
    static void close() {
        database.close();
    }

    static Stream<TokenFilter> filters() {
        return Stream.of(
                TokenFilter.ALL,
                new TokenFilter(OWNER, null, false, null, "", null),
                new TokenFilter(null, WORKLOAD, false, null, "", null));
    }

    @ParameterizedTest
    @MethodSource("filters")
    void aLatePageCostsAsMuchAsTheFirst(TokenFilter filter) {
        List<UUID> starts = List.of(END, id(4, 6_000));
        List<PreparedPlan> plans =
                starts.stream().map(before -> plan(TENANT, filter, before)).toList();

        for (int i = 0; i < starts.size(); i++) {
            assertThat(rows(filter, new Cursor(starts.get(i)))).hasSize(PAGE_SIZE);
            assertThat(plans.get(i).text()).contains("Index").doesNotContain("Seq Scan", "Sort", "Merge", "Hash");
        }
        assertThat(plans.get(1).pagesTouched())
                .isPositive()
                .isLessThan(plans.get(0).pagesTouched() * 6 / 5 + 10);
    }

    @Test
    void aSmallTenantsListReadsNoTokensOfOthers() {
        PreparedPlan plan = plan(SMALL_TENANT, TokenFilter.ALL, END);

        assertThat(plan.text()).contains("rows=100").doesNotContain("Rows Removed by Filter");
    }

    @Test
    void detectsAnIndexInOrderWithoutTheTenant() {
        PreparedPlan plan = database.backdoor().inTransaction(handle -> {
            handle.execute("CREATE INDEX in_order ON tokens (token_id)");
            handle.execute("SET LOCAL plan_cache_mode = force_generic_plan");
            handle.execute("SET LOCAL ROLE " + DatabaseRole.MANAGEMENT.roleName());
            PreparedPlan explained = plan(handle, SMALL_TENANT, TokenFilter.ALL, END);
            handle.rollback();
            return explained;
        });

        assertThat(plan.text()).contains("in_order", "Rows Removed by Filter");
    }

    @Test
    void sweepingADeletedWorkloadReadsOnlyASliceOfItsTokens() {
        PreparedPlan plan = database.as(DatabaseRole.MANAGEMENT).inTransaction(handle -> {
            show(handle, TENANT);
            handle.execute("DELETE FROM workloads WHERE workload_id = ?", WORKLOAD.value());
            PreparedPlan explained = PreparedPlan.explain(handle, TokenSlices.LOCK_ASSIGNED, literals(TENANT, END));
            handle.rollback();
            return explained;
        });

        assertThat(plan.mostRows()).as(plan.text()).isLessThanOrEqualTo(2 * SLICE);
        assertThat(plan.text()).doesNotContain("Seq Scan");
    }

    @Test
    void aTokenOfAnyTenantIsFoundByIndexes() {
        Map<String, String> literals =
                Map.of("tokenId", "'%s'::uuid".formatted(id(4, 6_000)), "wanted", "'{%s}'::uuid[]".formatted(WORKLOAD));

        PreparedPlan tenant = database.as(DatabaseRole.MANAGEMENT).inTransaction(handle -> {
            handle.execute("SET LOCAL ROLE " + DatabaseRole.DIRECTORY.roleName());
            return PreparedPlan.explain(handle, JdbiTokenRepository.TENANT_OF, literals);
        });
        PreparedPlan token = database.as(DatabaseRole.MANAGEMENT).inTransaction(handle -> {
            show(handle, TENANT);
            return PreparedPlan.explain(
                    handle, JdbiTokenRepository.FIND_WITH_TERMS.replace(":tenantId", "jeton_tenant_id()"), literals);
        });

        assertThat(tenant.text()).contains("tokens_by_id_alone").doesNotContain("Seq Scan", "Sort", "Bitmap");
        assertThat(tenant.mostRows()).as(tenant.text()).isEqualTo(1);
        assertThat(token.text())
                .contains("Scan using tokens_")
                .doesNotContain("Seq Scan on tokens", "Sort", "Hash", "Bitmap");
        assertThat(token.mostRows()).as(token.text()).isEqualTo(1);
    }

    @Test
    void detectsAListWithoutAnIndex() {
        PreparedPlan plan = database.as(DatabaseRole.MANAGEMENT).inTransaction(handle -> {
            handle.execute("SET LOCAL enable_indexscan = off");
            handle.execute("SET LOCAL enable_seqscan = on");
            handle.execute("SET LOCAL enable_sort = on");
            return plan(handle, TENANT, TokenFilter.ALL, END);
        });

        assertThat(plan.text()).contains("Seq Scan", "Sort");
    }

    private static TokenPageQuery query(TenantId tenantId, TokenFilter filter, Cursor after) {
        return new TokenPageQuery(tenantId, filter, Instant.EPOCH, new PageRequest(PAGE_SIZE, after));
    }

    private static List<Token> rows(TokenFilter filter, Cursor after) {
        Page<Token> page = database.as(DatabaseRole.MANAGEMENT).inTransaction(handle -> query(TENANT, filter, after)
                .run(new TenantScope(handle), new TokenRowMapper()));
        return page.items();
    }

    private static PreparedPlan plan(TenantId tenantId, TokenFilter filter, UUID before) {
        return database.as(DatabaseRole.MANAGEMENT).inTransaction(handle -> plan(handle, tenantId, filter, before));
    }

    private static PreparedPlan plan(Handle handle, TenantId tenantId, TokenFilter filter, UUID before) {
        show(handle, tenantId);
        return PreparedPlan.explain(
                handle, query(tenantId, filter, new Cursor(before)).inOrder(), literals(tenantId, before));
    }

    private static void show(Handle handle, TenantId tenantId) {
        new TenantScope(handle).query(tenantId, "SELECT 1").mapTo(Integer.class).one();
    }

    private static Map<String, String> literals(TenantId tenantId, UUID before) {
        return Map.of(
                "tenantId", "'%s'::uuid".formatted(tenantId),
                "before", "'%s'::uuid".formatted(before),
                "limit", "%d".formatted(PAGE_SIZE + 1),
                "ownerId", "'%s'::uuid".formatted(OWNER),
                "workloadId", "'%s'::uuid".formatted(WORKLOAD));
    }

    private static UUID id(int kind, int n) {
        return UUID.fromString("0000000%d-0000-7000-8000-%012x".formatted(kind, n));
    }
}
