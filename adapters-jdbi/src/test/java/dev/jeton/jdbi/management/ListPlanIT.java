package dev.jeton.jdbi.management;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jeton.application.page.Cursor;
import dev.jeton.application.page.Page;
import dev.jeton.application.page.PageRequest;
import dev.jeton.domain.tenant.TenantId;
import dev.jeton.domain.workload.WorkloadKind;
import dev.jeton.jdbi.PreparedPlan;
import dev.jeton.jdbi.TestDatabase;
import dev.jeton.jdbi.sql.DatabaseRole;
import dev.jeton.jdbi.sql.TenantScope;
import java.util.UUID;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A page of users or workloads reads no more rows than it returns, and one to see whether another follows. */
class ListPlanIT {
    private static final TenantId TENANT = new TenantId(id(1, 1));
    private static final int PAGE_SIZE = 100;

    private static TestDatabase database;

    /** Inserts 10,000 users and workloads of two tenants each, interleaved. One workload of the first tenant, an old one, is an endpoint. */
    @BeforeAll
    static void fill() {
        database = TestDatabase.fresh();
        database.backdoor().useHandle(handle -> {
            handle.execute(PreparedPlan.ID_FUNCTION);
            handle.createScript("""
                            INSERT INTO tenants
                            SELECT id(1, n), 'Acme AI', 'ACTIVE', 0, '{}', 'NOT_REQUIRED', NULL, '{}', NULL, false, false,
                                   1, false, false, '{}', '{}', 0, now(), now(), 1
                            FROM generate_series(1, 2) n;
                            INSERT INTO users (
                                tenant_id, user_id, email, email_key, display_name, role, state, create_time, update_time, version)
                            SELECT id(1, n % 2 + 1), id(2, n), n || '@example.com', n || '@example.com', 'Ada', 'MEMBER', 'ACTIVE',
                                   now(), now(), 1
                            FROM generate_series(1, 10000) n;
                            INSERT INTO workloads (
                                tenant_id, workload_id, name, kind, state, create_time, update_time, version)
                            SELECT id(1, n % 2 + 1), id(3, n), 'model-' || n, CASE n WHEN 2 THEN 'ENDPOINT' ELSE 'MODEL' END, 'ACTIVE',
                                   now(), now(), 1
                            FROM generate_series(1, 10000) n
                            """).execute();
            handle.execute("VACUUM ANALYZE");
        });
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @Test
    void users() {
        for (PageRequest request : new PageRequest[] {PageRequest.first(PAGE_SIZE), late(2)}) {
            assertReads(PAGE_SIZE + 1, PAGE_SIZE, "users", scope -> new JdbiUserRepository(scope, new ChangeRecorder())
                    .page(TENANT, request));
        }
    }

    @Test
    void workloads() {
        for (PageRequest request : new PageRequest[] {PageRequest.first(PAGE_SIZE), late(3)}) {
            assertReads(PAGE_SIZE + 1, PAGE_SIZE, "workloads", scope -> new JdbiWorkloadRepository(
                            scope, new ChangeRecorder())
                    .page(TENANT, null, request));
        }
    }

    @Test
    void workloadsOfOneKind() {
        PageRequest request = PageRequest.first(PAGE_SIZE);

        assertReads(1, 1, "workloads", scope -> new JdbiWorkloadRepository(scope, new ChangeRecorder())
                .page(TENANT, WorkloadKind.ENDPOINT, request));
    }

    private static void assertReads(int rows, int items, String table, Function<TenantScope, Page<?>> list) {
        database.as(DatabaseRole.MANAGEMENT).useTransaction(handle -> {
            long before = rowsRead(handle, table);
            Page<?> page = list.apply(new TenantScope(handle));

            assertThat(page.items()).hasSize(items);
            assertThat(rowsRead(handle, table) - before).isEqualTo(rows);
        });
    }

    /** How many rows of the table this transaction has read so far, by whatever plan. */
    private static long rowsRead(Handle handle, String table) {
        return handle.createQuery(
                        "SELECT seq_tup_read + idx_tup_fetch FROM pg_stat_xact_user_tables WHERE relname = :table")
                .bind("table", table)
                .mapTo(Long.class)
                .one();
    }

    private static PageRequest late(int kind) {
        return new PageRequest(PAGE_SIZE, new Cursor(id(kind, 3_000)));
    }

    private static UUID id(int kind, int n) {
        return UUID.fromString("0000000%d-0000-7000-8000-%012x".formatted(kind, n));
    }
}
