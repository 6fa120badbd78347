package dev.jeton.jdbi.management;

import dev.jeton.application.page.Page;
import dev.jeton.application.page.PageRequest;
import dev.jeton.application.port.outbound.Reach;
import dev.jeton.application.port.outbound.WorkloadRepository;
import dev.jeton.domain.tenant.TenantId;
import dev.jeton.domain.workload.Workload;
import dev.jeton.domain.workload.WorkloadId;
import dev.jeton.domain.workload.WorkloadKind;
import dev.jeton.jdbi.sql.Keyset;
import dev.jeton.jdbi.sql.Pages;
import dev.jeton.jdbi.sql.Parameters;
import dev.jeton.jdbi.sql.PostgresErrors;
import dev.jeton.jdbi.sql.Require;
import dev.jeton.jdbi.sql.TenantScope;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** Table {@code workloads}. */
final class JdbiWorkloadRepository implements WorkloadRepository {
    private static final WorkloadRowMapper ROWS = new WorkloadRowMapper();

    private static final String FIND = "SELECT " + WorkloadRowMapper.COLUMNS + """
             FROM workloads
            WHERE tenant_id = :tenantId AND workload_id = :workloadId
              AND EXISTS (SELECT FROM tenants n WHERE n.tenant_id = :tenantId)
            """;

    /** A column with those of some workloads that exist in the tenant; binds {@code tenantId} and {@code wanted}. */
    static final String EXISTING = """
            ARRAY(SELECT w.workload_id FROM workloads w
                  WHERE w.tenant_id = :tenantId AND w.workload_id = ANY (:wanted)) AS existing_workloads""";

    /** The newest workloads of a deleted tenant. */
    private static final String SLICE = """
            unnest(ARRAY(
                SELECT w.workload_id FROM workloads w
                WHERE w.tenant_id = :tenantId AND NOT EXISTS (SELECT FROM tenants n WHERE n.tenant_id = :tenantId)
                ORDER BY w.workload_id DESC LIMIT :limit)) AS slice (id)
            """;

    private static final String TENANT_OF =
            "SELECT tenant_id FROM workloads JOIN tenants USING (tenant_id) WHERE workload_id = :workloadId";

    private final TenantScope scope;
    private final ChangeRecorder changes;

    JdbiWorkloadRepository(TenantScope scope, ChangeRecorder changes) {
        this.scope = scope;
        this.changes = changes;
    }

    @Override
    public void insert(Workload workload) {
        write(
                workload,
                """
                WITH tenant AS (SELECT FROM tenants WHERE tenant_id = :tenantId FOR KEY SHARE),
                workload AS (
                    INSERT INTO workloads (tenant_id, workload_id, name, kind, state, create_time, update_time, version)
                    SELECT :tenantId, :workloadId, :name, :kind, :state, :createTime, :updateTime, :version FROM tenant
                    RETURNING workload_id)
                SELECT %s""".formatted(Require.TENANT.that("EXISTS (SELECT FROM workload)")),
                bind(workload)
                        .andThen(parameters -> parameters.bind(
                                "createTime", workload.revision().createTime())));
    }

    @Override
    public Optional<Workload> find(Reach reach, WorkloadId workloadId) {
        return scope.query(reach, TENANT_OF, FIND)
                .bind("workloadId", workloadId.value())
                .map(ROWS)
                .findOne();
    }

    @Override
    public Optional<Workload> lock(Reach reach, WorkloadId workloadId) {
        return findLocked(reach, workloadId, "FOR NO KEY UPDATE");
    }

    @Override
    public Optional<Workload> lockForDelete(Reach reach, WorkloadId workloadId) {
        return findLocked(reach, workloadId, "FOR UPDATE");
    }

    private Optional<Workload> findLocked(Reach reach, WorkloadId workloadId, String strength) {
        return scope.queryLocked(
                        reach,
                        TENANT_OF,
                        FIND,
                        "SELECT FROM workloads WHERE tenant_id = :tenantId AND workload_id = :workloadId " + strength)
                .bind("workloadId", workloadId.value())
                .map(ROWS)
                .findOne();
    }

    @Override
    public void update(Workload workload) {
        write(workload, """
                WITH workload AS (
                    UPDATE workloads SET
                        name = :name,
                        kind = :kind,
                        state = :state,
                        update_time = :updateTime,
                        version = :version
                    WHERE tenant_id = :tenantId AND workload_id = :workloadId AND version = :version - 1
                    RETURNING workload_id)
                SELECT %s""".formatted(Require.REVISION.that("EXISTS (SELECT FROM workload)")), bind(workload));
        changes.workload(workload.tenantId(), workload.id());
    }

    @Override
    public void delete(TenantId tenantId, WorkloadId workloadId) {
        scope.closing()
                .add(
                        tenantId,
                        "DELETE FROM workloads WHERE tenant_id = ? AND workload_id = ?",
                        tenantId.value(),
                        workloadId.value());
        changes.workload(tenantId, workloadId);
    }

    /** Records no change: the deletion of the tenant changed everything. */
    @Override
    public List<Workload> deleteByTenant(TenantId tenantId, int limit) {
        return scope.queryLocked(tenantId, """
                        WITH deleted AS (
                            DELETE FROM workloads w USING %s
                            WHERE w.tenant_id = :tenantId AND w.workload_id = slice.id
                            RETURNING w.*)
                        SELECT %s FROM deleted ORDER BY workload_id DESC
                        """.formatted(SLICE, WorkloadRowMapper.COLUMNS), """
                        SELECT FROM %s JOIN workloads w ON w.tenant_id = :tenantId AND w.workload_id = slice.id
                        FOR UPDATE OF w
                        """.formatted(SLICE))
                .bind("tenantId", tenantId.value())
                .bind("limit", limit)
                .map(ROWS)
                .list();
    }

    @Override
    public Page<Workload> page(TenantId tenantId, @Nullable WorkloadKind kind, PageRequest page) {
        Query query = scope.query(
                        tenantId,
                        "SELECT " + WorkloadRowMapper.COLUMNS + """
                         FROM workloads
                        WHERE tenant_id = :tenantId AND workload_id < :before %s
                          AND EXISTS (SELECT FROM tenants n WHERE n.tenant_id = :tenantId)
                        ORDER BY workload_id DESC
                        LIMIT :limit
                        """.formatted(kind == null ? "" : "AND kind = :kind"),
                        page)
                .bind("tenantId", tenantId.value())
                .bind("before", Keyset.before(page))
                .bind("limit", Keyset.limit(page));
        if (kind != null) {
            query.bind("kind", kind.name());
        }
        return Pages.read(query, ROWS, page, workload -> workload.id().value());
    }

    private void write(Workload workload, String statement, Consumer<Parameters> values) {
        scope.closing()
                .addRefusable(
                        workload.tenantId(),
                        statement,
                        values,
                        failure -> PostgresErrors.isUnmet(Require.TENANT, failure)
                                ? Absent.tenant(workload.tenantId())
                                : PostgresErrors.refusedWrite(
                                        failure, Map.of("name", workload.name().value())));
    }

    private static Consumer<Parameters> bind(Workload workload) {
        return parameters -> parameters
                .bind("tenantId", workload.tenantId().value())
                .bind("workloadId", workload.id().value())
                .bind("name", workload.name().value())
                .bind("kind", workload.kind().name())
                .bind("state", workload.state().name())
                .bind("updateTime", workload.revision().updateTime())
                .bind("version", workload.revision().version());
    }
}
