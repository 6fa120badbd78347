package dev.jeton.jdbi.management;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.jeton.application.page.Cursor;
import dev.jeton.application.page.Page;
import dev.jeton.application.page.PageRequest;
import dev.jeton.application.page.TokenFilter;
import dev.jeton.domain.tenant.TenantId;
import dev.jeton.domain.token.Token;
import dev.jeton.domain.token.TokenStatus;
import dev.jeton.domain.user.UserId;
import dev.jeton.domain.workload.WorkloadId;
import dev.jeton.jdbi.PreparedPlan;
import dev.jeton.jdbi.TestDatabase;
import dev.jeton.jdbi.sql.BoundedScan;
import dev.jeton.jdbi.sql.DatabaseRole;
import dev.jeton.jdbi.sql.TenantScope;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The cost of finding one token among many. Each tenant has 15,000 tokens of one user, of which the oldest is the only one that matches.
 */
class TokenFilterPlanIT {
    private static final TenantId ONE_CANCELLED = new TenantId(id(1, 1));
    private static final TenantId ONE_EXPIRED = new TenantId(id(1, 2));
    private static final TenantId ONE_NOT_CANCELLED = new TenantId(id(1, 3));
    private static final TenantId ONE_NOT_EXPIRED = new TenantId(id(1, 4));
    /** By name; and all others are tenant-wide. */
    private static final TenantId ONE_UNINDEXED = new TenantId(id(1, 5));

    private static final Instant NOW = Instant.parse("2026-03-05T12:00:00Z");
    private static final PageRequest FIRST = PageRequest.first(100);

    private static TestDatabase database;

    @BeforeAll
    static void fill() {
        database = TestDatabase.fresh();
        database.backdoor().useHandle(handle -> {
            handle.execute(PreparedPlan.ID_FUNCTION);
            handle.createScript("""
                            INSERT INTO tenants
                            SELECT id(1, n), 'Acme AI', 'ACTIVE', 0, '{}', 'NOT_REQUIRED', NULL, '{}', NULL, false, false,
                                   1, false, false, '{}', '{}', 0, now(), now(), 1
                            FROM generate_series(1, 5) n;
                            INSERT INTO users
                            SELECT id(1, t), id(2, t), 'ada@example.com', 'ada@example.com', 'Ada', 'MEMBER', 'ACTIVE', now(), now(), 1
                            FROM generate_series(1, 5) t;
                            INSERT INTO tokens (
                                tenant_id, token_id, user_id, tenant_wide, name, name_uniqueness, description, scopes, secret_scheme,
                                secret_digest, secret_hint, expire_time, cancel_reason, create_time, update_time, version)
                            SELECT id(1, t), id(4, n), id(2, t), t <> 5 OR n > 1, CASE n WHEN 1 THEN 'needle' ELSE 'token-' || n END,
                                   'NOT_REQUIRED', '', '{}', 'sha256', '\\x00', 'jtn_…XXXX',
                                   CASE WHEN t = 2 AND n = 1 OR t = 4 AND n > 1 THEN TIMESTAMPTZ '2026-01-01 00:00Z'
                                        WHEN t = 4 THEN TIMESTAMPTZ '2027-01-01 00:00Z' END,
                                   CASE WHEN t = 1 AND n = 1 OR t = 3 AND n > 1 THEN 'lost' END, now(), now(), 1
                            FROM generate_series(1, 5) t, generate_series(1, 15000) n;
                            INSERT INTO workloads (
                                tenant_id, workload_id, name, kind, state, create_time, update_time, version)
                            SELECT id(1, 5), id(3, 1), 'llama', 'MODEL', 'ACTIVE', now(), now(), 1;
                            INSERT INTO token_workloads SELECT id(1, 5), id(4, n), id(3, 1) FROM generate_series(2, 15000) n
                            """).execute();
            handle.execute("VACUUM ANALYZE");
        });
    }

    @AfterAll
    static void close() {
        database.close();
    }

    static Stream<Arguments> statuses() {
        Instant newYear = Instant.parse("2026-06-01T00:00:00Z");
        return Stream.of(
                arguments(ONE_CANCELLED, TokenStatus.CANCELLED, null),
                arguments(ONE_EXPIRED, TokenStatus.EXPIRED, null),
                arguments(ONE_EXPIRED, TokenStatus.EXPIRED, newYear),
                arguments(ONE_EXPIRED, null, newYear),
                arguments(ONE_NOT_CANCELLED, TokenStatus.ACTIVE, null),
                arguments(ONE_NOT_EXPIRED, TokenStatus.ACTIVE, null),
                arguments(ONE_NOT_EXPIRED, TokenStatus.ACTIVE, Instant.parse("2028-01-01T00:00:00Z")));
    }

    @ParameterizedTest
    @MethodSource("statuses")
    void findsTheOnlyTokenInOnePage(TenantId tenantId, @Nullable TokenStatus status, @Nullable Instant expireBefore) {
        TokenFilter tenants = new TokenFilter(null, null, false, status, "", expireBefore);

        for (TokenFilter filter : new TokenFilter[] {tenants, tenants.ownedBy(owner(tenantId))}) {
            Cost cost = read(tenantId, filter, FIRST);

            assertThat(cost.page().items())
                    .extracting(Token::id)
                    .extracting(id -> id.value())
                    .containsExactly(id(4, 1));
            assertThat(cost.page().next()).isNull();
            assertThat(cost.rowsRead()).isLessThanOrEqualTo(BoundedScan.MAX_ROWS + 10);
        }
    }

    @ParameterizedTest
    @MethodSource("statuses")
    void theIndexesByStatusAndExpiryLeadToIt(
            TenantId tenantId, @Nullable TokenStatus status, @Nullable Instant expireBefore) {
        TokenFilter filter = new TokenFilter(owner(tenantId), null, false, status, "", expireBefore);
        TokenPageQuery query = new TokenPageQuery(tenantId, filter, NOW, FIRST);

        PreparedPlan candidates = plan(tenantId, query.candidates());
        PreparedPlan oneByOne = plan(tenantId, query.oneByOne());

        assertThat(candidates.text())
                .contains(status == TokenStatus.CANCELLED ? "tokens_cancelled" : "tokens_live_by_expiry")
                .doesNotContain("Seq Scan", "Sort  (", "Hash", "Bitmap", "Rows Removed by Filter");
        assertThat(candidates.mostRows()).as(candidates.text()).isEqualTo(1);
        assertThat(oneByOne.text()).doesNotContain("Seq Scan on tokens", "Hash", "Bitmap", "Rows Removed by Filter");
        assertThat(oneByOne.mostRows()).as(oneByOne.text()).isEqualTo(1);
    }

    /** Its index has the order of the list. */
    @ParameterizedTest
    @MethodSource("cancelledTenants")
    void cancelledTokensAreReadInOrder(TenantId tenantId, int rows) {
        TokenFilter cancelled = new TokenFilter(null, null, false, TokenStatus.CANCELLED, "", null);

        assertThat(read(tenantId, cancelled, FIRST).rowsRead()).isEqualTo(rows);
        assertThat(plan(tenantId, new TokenPageQuery(tenantId, cancelled, NOW, FIRST).inOrder())
                        .text())
                .doesNotContain("Sort", "Rows Removed by Filter");
    }

    static Stream<Arguments> cancelledTenants() {
        return Stream.of(arguments(ONE_CANCELLED, 1), arguments(ONE_NOT_CANCELLED, FIRST.size() + 1));
    }

    static Stream<TokenFilter> unindexed() {
        return Stream.of(
                new TokenFilter(null, null, false, null, "needle", null),
                new TokenFilter(owner(ONE_UNINDEXED), null, false, TokenStatus.ACTIVE, "needle", null),
                new TokenFilter(null, null, true, null, "", null),
                new TokenFilter(owner(ONE_UNINDEXED), null, true, null, "", null));
    }

    @ParameterizedTest
    @MethodSource("unindexed")
    void aFilterThatNoIndexCoversEndsItsPageEarly(TokenFilter filter) {
        Cost early = read(ONE_UNINDEXED, filter, FIRST);
        Cursor next = early.page().next();
        Cost last = read(ONE_UNINDEXED, filter, new PageRequest(100, next));

        assertThat(early.page().items()).isEmpty();
        assertThat(next).isNotNull();
        assertThat(early.rowsRead()).isLessThanOrEqualTo(BoundedScan.MAX_ROWS + TokenPageQuery.FEW);
        assertThat(last.page().items())
                .extracting(Token::id)
                .extracting(id -> id.value())
                .containsExactly(id(4, 1));
        assertThat(last.page().next()).isNull();
        assertThat(plan(ONE_UNINDEXED, new TokenPageQuery(ONE_UNINDEXED, filter, NOW, FIRST).inOrder())
                        .text())
                .doesNotContain("Seq Scan", "Sort  (", "Hash", "Bitmap");
    }

    /** A cursor would name a token of another user. */
    @Test
    void aUserWithoutTokensHasNoSecondPage() {
        UserId other = new UserId(id(2, 6));
        Cost cost = read(ONE_UNINDEXED, new TokenFilter(other, new WorkloadId(id(3, 1)), false, null, "", null), FIRST);

        assertThat(cost.page()).isEqualTo(new Page<>(List.of(), null));
        assertThat(cost.rowsRead()).isZero();
    }

    @ParameterizedTest
    @MethodSource("manyMatch")
    void aPageOfManyMatchesReadsLittleMoreThanItself(TenantId tenantId, TokenStatus status) {
        Cost cost = read(tenantId, new TokenFilter(null, null, false, status, "", null), FIRST);

        assertThat(cost.page().items()).hasSize(100);
        assertThat(cost.page().next()).isNotNull();
        assertThat(cost.rowsRead()).isLessThanOrEqualTo(101);
    }

    static Stream<Arguments> manyMatch() {
        return Stream.of(
                arguments(ONE_CANCELLED, TokenStatus.ACTIVE),
                arguments(ONE_NOT_CANCELLED, TokenStatus.CANCELLED),
                arguments(ONE_NOT_EXPIRED, TokenStatus.EXPIRED));
    }

    private static Cost read(TenantId tenantId, TokenFilter filter, PageRequest request) {
        return database.as(DatabaseRole.MANAGEMENT).inTransaction(handle -> {
            long before = rowsRead(handle);
            Page<Token> page = new TokenPageQuery(tenantId, filter, NOW, request)
                    .run(new TenantScope(handle), new TokenRowMapper());
            return new Cost(page, rowsRead(handle) - before);
        });
    }

    /** How many rows of the table this transaction has read so far, by whatever plan. */
    private static long rowsRead(Handle handle) {
        return handle.createQuery(
                        "SELECT seq_tup_read + idx_tup_fetch FROM pg_stat_xact_user_tables WHERE relname = 'tokens'")
                .mapTo(Long.class)
                .one();
    }

    private static PreparedPlan plan(TenantId tenantId, String sql) {
        return database.as(DatabaseRole.MANAGEMENT).inTransaction(handle -> {
            new TenantScope(handle)
                    .query(tenantId, "SELECT 1")
                    .mapTo(Integer.class)
                    .one();
            return PreparedPlan.explain(
                    handle,
                    sql,
                    Map.of(
                            "tenantId", "'%s'::uuid".formatted(tenantId),
                            "before", "'%s'::uuid".formatted(id(9, 0)),
                            "now", "'%s'::timestamptz".formatted(NOW),
                            "expireBefore", "'2028-01-01'::timestamptz",
                            "limit", "101",
                            "text", "'needle'::text",
                            "ownerId", "'%s'::uuid".formatted(owner(tenantId))));
        });
    }

    private static UserId owner(TenantId tenantId) {
        return new UserId(UUID.fromString(tenantId.toString().replaceFirst("1", "2")));
    }

    private static UUID id(int kind, int n) {
        return UUID.fromString("0000000%d-0000-7000-8000-%012x".formatted(kind, n));
    }

    private record Cost(Page<Token> page, long rowsRead) {}
}
