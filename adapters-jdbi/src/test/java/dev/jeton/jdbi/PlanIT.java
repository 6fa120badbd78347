package dev.jeton.jdbi;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.jeton.application.page.Cursor;
import dev.jeton.application.page.Page;
import dev.jeton.application.page.PageRequest;
import dev.jeton.application.page.TokenFilter;
import dev.jeton.domain.tenant.TenantId;
import dev.jeton.domain.token.Token;
import dev.jeton.domain.user.UserId;
import dev.jeton.domain.workload.WorkloadId;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** How PostgreSQL goes about the statements whose cost must not grow with the data. */
class PlanIT {
    private static final int PAGE_SIZE = 100;
    private static final TenantId TENANT = new TenantId(id(1, 1));
    private static final TenantId SMALL_TENANT = new TenantId(id(1, 11));
    private static final UserId OWNER = new UserId(id(2, 1));
    private static final WorkloadId WORKLOAD = new WorkloadId(id(3, 1));
    private static final Pattern PAGES_TOUCHED = Pattern.compile("Buffers: shared hit=(\\d+)(?: read=(\\d+))?");

    private static final Pattern ROWS = Pattern.compile("actual rows=([\\d.]+) loops=(\\d+)");

    private static TestDatabase database;
    private static HikariDataSource transactions;

    /**
     * Ten tenants, their 20,000 tokens in turns. The first has half of them, of ten users, each bound to one of ten workloads. An eleventh
     * has a page of tokens, which are older than all others.
     */
    @BeforeAll
    static void fill() {
        database = TestDatabase.fresh();
        transactions = ConnectionPools.forTransactions(database.settings());
        database.backdoor().useHandle(handle -> {
            handle.execute("""
                    CREATE FUNCTION id(kind integer, n integer) RETURNS uuid LANGUAGE sql IMMUTABLE AS
                        $$ SELECT ('0000000' || kind || '-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid $$
                    """);
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
        transactions.close();
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
    void aLatePageOfTokensCostsWhatTheFirstOneDoes(TokenFilter filter) {
        List<UUID> starts = List.of(id(9, 0), id(4, 6_000));
        List<String> plans =
                starts.stream().map(before -> plan(TENANT, filter, before)).toList();

        for (int i = 0; i < starts.size(); i++) {
            assertThat(rows(filter, new Cursor(starts.get(i)))).hasSize(PAGE_SIZE);
            assertThat(plans.get(i)).contains("Index").doesNotContain("Seq Scan", "Sort", "Merge", "Hash");
        }
        assertThat(pagesTouched(plans.get(1))).isPositive().isLessThan(pagesTouched(plans.get(0)) * 6 / 5 + 10);
    }

    @Test
    void aSmallTenantsListDoesNotReadTheTokensOfOthers() {
        String plan = plan(SMALL_TENANT, TokenFilter.ALL, id(9, 0));

        assertThat(plan).contains("rows=100").doesNotContain("Rows Removed by Filter");
    }

    @Test
    void anIndexThatIsInOrderWithoutTheTenantWouldBeNoticed() {
        String plan = database.backdoor().inTransaction(handle -> {
            handle.execute("CREATE INDEX in_order ON tokens (token_id)");
            handle.execute("SET LOCAL plan_cache_mode = force_generic_plan");
            handle.execute("SET LOCAL ROLE " + DatabaseRole.MANAGEMENT.roleName());
            String explained = plan(handle, SMALL_TENANT, TokenFilter.ALL, id(9, 0));
            handle.rollback();
            return explained;
        });

        assertThat(plan).contains("in_order", "Rows Removed by Filter");
    }

    static Stream<String> bookkeeping() {
        return Stream.of(JdbiUsageLog.UPDATE, JdbiUsageLog.INSERT_FIRST_USES, JdbiStoredDigests.REPLACE);
    }

    @ParameterizedTest
    @MethodSource("bookkeeping")
    void whatIsWrittenDownOfAFewTokensReadsThoseAlone(String sql) {
        int tokens = 3;
        String ids = IntStream.range(0, tokens)
                .mapToObj(n -> "'" + id(4, 20 * n + 1) + "'")
                .collect(Collectors.joining(", ", "ARRAY[", "]::uuid[]"));
        Map<String, String> literals = new HashMap<>(Map.of(
                "tenantIds", "array_fill('%s'::uuid, ARRAY[%d])".formatted(TENANT, tokens),
                "tokenIds", ids,
                "micros", "array_fill(1::bigint, ARRAY[%d])".formatted(tokens)));
        for (String column : List.of("staleSchemes", "freshSchemes")) {
            literals.put(column, "array_fill('sha256'::text, ARRAY[%d])".formatted(tokens));
        }
        for (String column : List.of("staleDigests", "freshDigests")) {
            literals.put(column, "array_fill('00'::text, ARRAY[%d])".formatted(tokens));
        }
        try (HikariDataSource housekeeping = ConnectionPools.forHousekeeping(database.settings())) {
            String plan = Database.jdbi(housekeeping).inTransaction(handle -> {
                handle.execute("SET LOCAL plan_cache_mode = force_generic_plan");
                String explained = PreparedPlan.explain(handle, sql, literals);
                handle.rollback();
                return explained;
            });

            assertThat(mostRows(plan)).as(plan).isLessThanOrEqualTo(tokens);
        }
    }

    @Test
    void aWorkloadIsTakenFromItsTokensWithoutReadingOthers() {
        String plan = Database.jdbi(transactions)
                .inTransaction(handle -> text(new TenantScope(handle)
                        .query(TENANT, "EXPLAIN (ANALYZE, TIMING OFF) " + JdbiTokenRepository.LOCK_ASSIGNED)
                        .bind("tenantId", TENANT.value())
                        .bind("workloadId", WORKLOAD.value())));

        // The index is by workload alone, and each of ten tenants has that one.
        assertThat(mostRows(plan)).as(plan).isLessThanOrEqualTo(2_000);
        assertThat(plan).doesNotContain("Sort", "Seq Scan");
    }

    @Test
    void aListWithoutAnIndexWouldBeNoticed() {
        String plan = Database.jdbi(transactions).inTransaction(handle -> {
            handle.execute("SET LOCAL enable_indexscan = off");
            handle.execute("SET LOCAL enable_seqscan = on");
            handle.execute("SET LOCAL enable_sort = on");
            return plan(handle, TENANT, TokenFilter.ALL, id(9, 0));
        });

        assertThat(plan).contains("Seq Scan", "Sort");
    }

    private static TokenPageQuery query(TenantId tenantId, TokenFilter filter, Cursor after) {
        return new TokenPageQuery(tenantId, filter, Instant.EPOCH, new PageRequest(PAGE_SIZE, after));
    }

    private static List<Token> rows(TokenFilter filter, Cursor after) {
        Page<Token> page = Database.jdbi(transactions).inTransaction(handle -> query(TENANT, filter, after)
                .run(new TenantScope(handle), new TokenRowMapper()));
        return page.items();
    }

    private static String plan(TenantId tenantId, TokenFilter filter, UUID before) {
        return Database.jdbi(transactions).inTransaction(handle -> plan(handle, tenantId, filter, before));
    }

    private static String plan(Handle handle, TenantId tenantId, TokenFilter filter, UUID before) {
        new TenantScope(handle).query(tenantId, "SELECT 1").mapTo(Integer.class).one();
        return PreparedPlan.explain(
                handle,
                query(tenantId, filter, new Cursor(before)).sql(),
                Map.of(
                        "tenantId", "'%s'::uuid".formatted(tenantId),
                        "before", "'%s'::uuid".formatted(before),
                        "limit", "%d".formatted(PAGE_SIZE + 1),
                        "ownerId", "'%s'::uuid".formatted(OWNER),
                        "workloadId", "'%s'::uuid".formatted(WORKLOAD)));
    }

    /** Of the whole statement: the first number counts what is below it. */
    private static int pagesTouched(String plan) {
        Matcher matcher = PAGES_TOUCHED.matcher(plan);
        assertThat(matcher.find()).isTrue();
        return Integer.parseInt(matcher.group(1)) + (matcher.group(2) == null ? 0 : Integer.parseInt(matcher.group(2)));
    }

    /** Of any step of the plan, over all its turns. */
    private static long mostRows(String plan) {
        return ROWS.matcher(plan)
                .results()
                .mapToLong(step -> Math.round(Double.parseDouble(step.group(1)) * Long.parseLong(step.group(2))))
                .max()
                .orElseThrow();
    }

    private static String text(Query explain) {
        return String.join("\n", explain.mapTo(String.class).list());
    }

    private static UUID id(int kind, int n) {
        return UUID.fromString("0000000%d-0000-7000-8000-%012x".formatted(kind, n));
    }
}
