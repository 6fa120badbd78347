package dev.jeton.jdbi.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.jeton.application.page.AuditFilter;
import dev.jeton.application.page.Cursor;
import dev.jeton.application.page.Page;
import dev.jeton.application.page.PageRequest;
import dev.jeton.domain.audit.AuditEvent;
import dev.jeton.domain.tenant.TenantId;
import dev.jeton.domain.user.UserId;
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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The cost of a page of audit events grows neither with the page number nor with the trail. */
class AuditPlanIT {
    private static final int PAGE_SIZE = 100;
    private static final TenantId TENANT = new TenantId(id(1, 1));
    private static final TenantId BUSY_TENANT = new TenantId(id(1, 3));
    private static final UserId USER = new UserId(id(2, 7));
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    /** Of 600 events, half of them of the tenant. */
    private static final Instant FROM = START.plusSeconds(1_000);

    private static final Instant UNTIL = START.plusSeconds(1_600);

    private static TestDatabase database;

    /**
     * Inserts 20,000 events of two tenants, one a second, interleaved: ten actors, who act for ten others every other time, on ten resources.
     * A third tenant has 12,000 events of one user on one resource; the oldest is the only one of its action.
     */
    @BeforeAll
    static void fill() {
        database = TestDatabase.fresh();
        database.backdoor().useHandle(handle -> {
            handle.execute(PreparedPlan.ID_FUNCTION);
            handle.execute("""
                    INSERT INTO audit_events
                    SELECT id(1, n % 2 + 1), id(5, n), TIMESTAMPTZ '2026-01-01 00:00Z' + n * INTERVAL '1 second',
                           id(2, n / 2 % 10), NULL, CASE WHEN n % 40 < 20 THEN id(2, n / 2 % 10 + 5) END,
                           'Action' || n / 2 % 10, 'TOKEN', id(4, n / 2 % 10), '{name}', '{old}', '{new}', id(6, n)
                    FROM generate_series(1, 20000) n
                    """);
            handle.execute("""
                    INSERT INTO audit_events
                    SELECT id(1, 3), id(5, n), TIMESTAMPTZ '2026-01-01 00:00Z' + n * INTERVAL '1 second', id(2, 7), NULL, NULL,
                           CASE n WHEN 1 THEN 'Action7' ELSE 'Action8' END, 'TOKEN', id(4, 7), '{}', '{}', '{}', id(6, n)
                    FROM generate_series(1, 12000) n
                    """);
            handle.execute("VACUUM ANALYZE");
        });
    }

    @AfterAll
    static void close() {
        database.close();
    }

    static Stream<AuditFilter> filters() {
        return Stream.of(
                AuditFilter.NONE,
                new AuditFilter(id(4, 7), null, null, null, null),
                new AuditFilter(null, USER, null, null, null),
                new AuditFilter(null, null, "Action7", null, null));
    }

    @ParameterizedTest
    @MethodSource("filters")
    void aLatePageCostsAsMuchAsTheFirst(AuditFilter filter) {
        PageRequest first = PageRequest.first(PAGE_SIZE);
        PageRequest late = new PageRequest(PAGE_SIZE, new Cursor(id(5, 6_000)));
        List<PreparedPlan> plans =
                Stream.of(first, late).map(page -> plan(TENANT, filter, page)).toList();

        for (PageRequest page : List.of(first, late)) {
            assertThat(page(TENANT, filter, page).items()).hasSize(PAGE_SIZE);
        }
        for (PreparedPlan plan : plans) {
            assertThat(plan.text())
                    .contains("Index")
                    .doesNotContain("Seq Scan", "Sort  (", "Hash", "Bitmap", "Rows Removed by Filter");
        }
        assertThat(plans.get(1).pagesTouched())
                .isPositive()
                .isLessThan(plans.get(0).pagesTouched() * 6 / 5 + 20);
    }

    static Stream<Arguments> periods() {
        return Stream.of(
                arguments(new AuditFilter(null, null, null, FROM, UNTIL), 300),
                arguments(new AuditFilter(id(4, 7), null, null, FROM, UNTIL), 30),
                arguments(new AuditFilter(null, USER, null, FROM, UNTIL), 45),
                arguments(new AuditFilter(null, null, "Action7", FROM, UNTIL), 30),
                arguments(new AuditFilter(id(4, 7), USER, "Action7", FROM, UNTIL), 30),
                arguments(new AuditFilter(id(4, 7), USER, "Action8", FROM, UNTIL), 0),
                arguments(new AuditFilter(null, USER, "Action7", FROM, UNTIL), 30));
    }

    /** The period is far from the end of the trail. */
    @ParameterizedTest
    @MethodSource("periods")
    void aPeriodReadsOnlyItsOwnEvents(AuditFilter filter, int events) {
        PageRequest all = PageRequest.first(PageRequest.MAX_SIZE);
        PreparedPlan plan = plan(TENANT, filter, all);

        assertThat(page(TENANT, filter, all).items()).hasSize(events);
        assertThat(plan.text()).contains("Index").doesNotContain("Seq Scan", "Sort  (", "Hash", "Bitmap");
        assertThat(plan.mostRows()).as(plan.text()).isLessThanOrEqualTo(Math.max(events, 45));
        assertThat(plan.pagesTouched()).as(plan.text()).isLessThan(6 * Math.max(events, 45));
    }

    static Stream<AuditFilter> combinations() {
        return Stream.of(
                new AuditFilter(id(4, 7), null, "Action7", null, null),
                new AuditFilter(id(4, 7), USER, "Action7", null, null),
                new AuditFilter(null, USER, "Action7", null, null));
    }

    /** Each condition but the action matches all 12,000 events. */
    @ParameterizedTest
    @MethodSource("combinations")
    void aCombinationThatNoIndexCoversEndsItsPageEarly(AuditFilter filter) {
        PageRequest first = PageRequest.first(PAGE_SIZE);
        Page<AuditEvent> early = page(BUSY_TENANT, filter, first);
        PreparedPlan plan = plan(BUSY_TENANT, filter, first);

        assertThat(early.items()).isEmpty();
        assertThat(plan.mostRows()).as(plan.text()).isLessThanOrEqualTo(BoundedScan.MAX_ROWS);
        assertThat(plan.text()).doesNotContain("Seq Scan", "Sort  (", "Hash", "Bitmap");
        Page<AuditEvent> last = page(BUSY_TENANT, filter, new PageRequest(PAGE_SIZE, early.next()));
        assertThat(last.items()).extracting(event -> event.id().value()).containsExactly(id(5, 1));
        assertThat(last.next()).isNull();
    }

    private static Page<AuditEvent> page(TenantId tenantId, AuditFilter filter, PageRequest page) {
        return database.as(DatabaseRole.MANAGEMENT)
                .inTransaction(handle -> new AuditPageQuery(tenantId, filter, page).run(new TenantScope(handle)));
    }

    private static PreparedPlan plan(TenantId tenantId, AuditFilter filter, PageRequest page) {
        return database.as(DatabaseRole.MANAGEMENT).inTransaction(handle -> {
            new TenantScope(handle)
                    .query(tenantId, "SELECT 1")
                    .mapTo(Integer.class)
                    .one();
            return PreparedPlan.explain(
                    handle,
                    new AuditPageQuery(tenantId, filter, page).sql(),
                    Map.of(
                            "tenantId", "'%s'::uuid".formatted(tenantId),
                            "before", "'%s'::uuid".formatted(id(5, 6_000)),
                            "from", "'%s'::timestamptz".formatted(FROM),
                            "until", "'%s'::timestamptz".formatted(UNTIL),
                            "limit", "%d".formatted(page.size() + 1),
                            "resourceId", "'%s'::uuid".formatted(id(4, 7)),
                            "actorId", "'%s'::uuid".formatted(USER),
                            "action", "'%s'::text".formatted(filter.action())));
        });
    }

    private static UUID id(int kind, int n) {
        return UUID.fromString("0000000%d-0000-7000-8000-%012x".formatted(kind, n));
    }
}
