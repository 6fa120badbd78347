package dev.jeton.jdbi.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jeton.application.page.AuditFilter;
import dev.jeton.application.page.Cursor;
import dev.jeton.application.page.PageRequest;
import dev.jeton.domain.audit.AuditEvent;
import dev.jeton.domain.tenant.TenantId;
import dev.jeton.domain.user.UserId;
import dev.jeton.jdbi.PreparedPlan;
import dev.jeton.jdbi.TestDatabase;
import dev.jeton.jdbi.sql.DatabaseRole;
import dev.jeton.jdbi.sql.TenantScope;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The cost of a page of audit events does not grow with the page number. */
class AuditPlanIT {
    private static final int PAGE_SIZE = 100;
    private static final TenantId TENANT = new TenantId(id(1, 1));

    private static TestDatabase database;

    /** Inserts 20,000 events of two tenants, interleaved: ten actors, who act for ten others every other time, on ten resources. */
    @BeforeAll
    static void fill() {
        database = TestDatabase.fresh();
        database.backdoor().useHandle(handle -> {
            handle.execute(PreparedPlan.ID_FUNCTION);
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
    void aLatePageCostsAsMuchAsTheFirst(AuditFilter filter) {
        List<UUID> starts = List.of(id(9, 0), id(5, 6_000));
        List<PreparedPlan> plans =
                starts.stream().map(before -> plan(filter, before)).toList();

        for (int i = 0; i < starts.size(); i++) {
            assertThat(events(filter, new Cursor(starts.get(i)))).hasSize(PAGE_SIZE);
            assertThat(plans.get(i).text())
                    .contains("Index")
                    .doesNotContain("Seq Scan", "Sort  (", "Hash", "Bitmap", "Rows Removed by Filter");
        }
        assertThat(plans.get(1).pagesTouched())
                .isPositive()
                .isLessThan(plans.get(0).pagesTouched() * 6 / 5 + 10);
    }

    private static AuditPageQuery query(AuditFilter filter, Cursor after) {
        return new AuditPageQuery(TENANT, filter, new PageRequest(PAGE_SIZE, after));
    }

    private static List<AuditEvent> events(AuditFilter filter, Cursor after) {
        return database.as(DatabaseRole.MANAGEMENT)
                .inTransaction(handle -> query(filter, after).run(new TenantScope(handle)))
                .items();
    }

    private static PreparedPlan plan(AuditFilter filter, UUID before) {
        return database.as(DatabaseRole.MANAGEMENT).inTransaction(handle -> {
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

    private static UUID id(int kind, int n) {
        return UUID.fromString("0000000%d-0000-7000-8000-%012x".formatted(kind, n));
    }
}
