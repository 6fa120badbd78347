package dev.jeton.jdbi;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.jeton.application.page.AuditFilter;
import dev.jeton.application.page.Cursor;
import dev.jeton.application.page.PageRequest;
import dev.jeton.domain.audit.AuditEvent;
import dev.jeton.domain.tenant.TenantId;
import dev.jeton.domain.user.UserId;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** How PostgreSQL goes about pages of the audit trail, whose cost must not grow with the page number. */
class AuditPlanIT {
    private static final int PAGE_SIZE = 100;
    private static final TenantId TENANT = new TenantId(id(1, 1));
    private static final Pattern PAGES_TOUCHED = Pattern.compile("Buffers: shared hit=(\\d+)(?: read=(\\d+))?");

    private static TestDatabase database;
    private static HikariDataSource transactions;

    /** Of two tenants, 20,000 events in turns: of ten actors, who act as ten others every other time, on ten resources. */
    @BeforeAll
    static void fill() {
        database = TestDatabase.fresh();
        transactions = ConnectionPools.forTransactions(database.settings());
        database.backdoor().useHandle(handle -> {
            handle.execute("""
                    CREATE FUNCTION id(kind integer, n integer) RETURNS uuid LANGUAGE sql IMMUTABLE AS
                        $$ SELECT ('0000000' || kind || '-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid $$
                    """);
            handle.execute("""
                    INSERT INTO audit_events
                    SELECT id(1, n % 2 + 1), id(5, n), now(), id(2, n / 2 % 10), NULL,
                           CASE WHEN n % 40 < 20 THEN id(2, n / 2 % 10 + 5) END, 'Action' || n / 2 % 10, 'TOKEN',
                           id(4, n / 2 % 10), '{name}', '{old}', '{new}', id(6, n)
                    FROM generate_series(1, 20000) n
                    """);
            handle.execute("VACUUM ANALYZE");
        });
    }

    @AfterAll
    static void close() {
        transactions.close();
        database.close();
    }

    static Stream<AuditFilter> filters() {
        return Stream.of(
                AuditFilter.NONE,
                new AuditFilter(id(4, 7), null, null, null, null),
                new AuditFilter(null, new UserId(id(2, 7)), null, null, null),
                new AuditFilter(null, null, "Action7", null, null));
    }

    @ParameterizedTest
    @MethodSource("filters")
    void aLatePageCostsWhatTheFirstOneDoes(AuditFilter filter) {
        List<UUID> starts = List.of(id(9, 0), id(5, 6_000));
        List<String> plans = starts.stream().map(before -> plan(filter, before)).toList();

        for (int i = 0; i < starts.size(); i++) {
            assertThat(events(filter, new Cursor(starts.get(i)))).hasSize(PAGE_SIZE);
            assertThat(plans.get(i))
                    .contains("Index")
                    .doesNotContain("Seq Scan", "Sort  (", "Hash", "Bitmap", "Rows Removed by Filter");
        }
        assertThat(pagesTouched(plans.get(1))).isPositive().isLessThan(pagesTouched(plans.get(0)) * 6 / 5 + 10);
    }

    private static AuditPageQuery query(AuditFilter filter, Cursor after) {
        return new AuditPageQuery(TENANT, filter, new PageRequest(PAGE_SIZE, after));
    }

    private static List<AuditEvent> events(AuditFilter filter, Cursor after) {
        return Database.jdbi(transactions)
                .inTransaction(handle -> query(filter, after).run(new TenantScope(handle)))
                .items();
    }

    private static String plan(AuditFilter filter, UUID before) {
        return Database.jdbi(transactions).inTransaction(handle -> {
            new TenantScope(handle)
                    .query(TENANT, "SELECT 1")
                    .mapTo(Integer.class)
                    .one();
            return PreparedPlan.explain(
                    handle,
                    query(filter, new Cursor(before)).sql(),
                    Map.of(
                            "tenantId", "'%s'::uuid".formatted(TENANT),
                            "before", "'%s'::uuid".formatted(before),
                            "limit", "%d".formatted(PAGE_SIZE + 1),
                            "resourceId", "'%s'::uuid".formatted(id(4, 7)),
                            "actorId", "'%s'::uuid".formatted(id(2, 7)),
                            "action", "'Action7'::text"));
        });
    }

    /** Of the whole statement: the first number counts what is below it. */
    private static int pagesTouched(String plan) {
        Matcher matcher = PAGES_TOUCHED.matcher(plan);
        assertThat(matcher.find()).isTrue();
        return Integer.parseInt(matcher.group(1)) + (matcher.group(2) == null ? 0 : Integer.parseInt(matcher.group(2)));
    }

    private static UUID id(int kind, int n) {
        return UUID.fromString("0000000%d-0000-7000-8000-%012x".formatted(kind, n));
    }
}
