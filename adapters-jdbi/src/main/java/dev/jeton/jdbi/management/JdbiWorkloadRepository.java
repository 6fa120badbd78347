package dev.jeton.jdbi.management;

import dev.jeton.application.page.Page;
import dev.jeton.application.page.PageRequest;
import dev.jeton.application.port.outbound.WorkloadRepository;
import dev.jeton.domain.tenant.TenantId;
import dev.jeton.domain.workload.Workload;
import dev.jeton.domain.workload.WorkloadId;
import dev.jeton.domain.workload.WorkloadKind;
import dev.jeton.jdbi.sql.Keyset;
import dev.jeton.jdbi.sql.Pages;
import dev.jeton.jdbi.sql.PostgresErrors;
import dev.jeton.jdbi.sql.TenantScope;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/** Table {@code workloads}. */
final class JdbiWorkloadRepository implements WorkloadRepository {
    private static final WorkloadRowMapper ROWS = new WorkloadRowMapper();

    private static final String FIND = "SELECT " + WorkloadRowMapper.COLUMNS + """
             FROM workloads
            WHERE tenant_id = :tenantId AND workload_id = :workloadId
              AND EXISTS (SELECT FROM tenants n WHERE n.tenant_id = :tenantId)
            """;

    /** The newest workloads of a deleted tenant. */
    private static final String SLICE = """
            unnest(ARRAY(
                SELECT w.workload_id FROM workloads w
                WHERE w.tenant_id = :tenantId AND NOT EXISTS (SELECT FROM tenants n WHERE n.tenant_id = :tenantId)
                ORDER BY w.workload_id DESC LIMIT :limit)) AS slice (id)
            """;

    private final TenantScope scope;
    private final ChangeRecorder changes;

    JdbiWorkloadRepository(TenantScope scope, ChangeRecorder changes) {
        this.scope = scope;
        this.changes = changes;
    }

    @Override
    public void insert(Workload workload) {
        Update insert = scope.update(workload.tenantId(), """
                WITH tenant AS (SELECT FROM tenants WHERE tenant_id = :tenantId FOR KEY SHARE)
                INSERT INTO workloads (tenant_id, workload_id, name, kind, state, create_time, update_time, version)
                SELECT :tenantId, :workloadId, :name, :kind, :state, :createTime, :updateTime, :version FROM tenant
                """);
        insert.bind("createTime", workload.revision().createTime());
        if (write(workload, insert) == 0) {
            throw Absent.tenant(workload.tenantId());
        }
    }

    @Override
    public Optional<Workload> find(TenantId tenantId, WorkloadId workloadId) {
        return scope.query(tenantId, FIND)
                .bind("tenantId", tenantId.value())
                .bind("workloadId", workloadId.value())
                .map(ROWS)
                .findOne();
    }

    @Override
    public Optional<Workload> lock(TenantId tenantId, WorkloadId workloadId) {
        return findLocked(tenantId, workloadId, "FOR NO KEY UPDATE");
    }

    @Override
    public Optional<Workload> lockForDelete(TenantId tenantId, WorkloadId workloadId) {
        return findLocked(tenantId, workloadId, "FOR UPDATE");
    }

    private Optional<Workload> findLocked(TenantId tenantId, WorkloadId workloadId, String strength) {
        return scope.queryLocked(
                        tenantId,
                        FIND,
                        "SELECT FROM workloads WHERE tenant_id = :tenantId AND workload_id = :workloadId " + strength)
                .bind("tenantId", tenantId.value())
                .bind("workloadId", workloadId.value())
                .map(ROWS)
                .findOne();
    }

    @Override
    public Set<WorkloadId> existing(TenantId tenantId, Collection<WorkloadId> workloadIds) {
        return scope
                .query(tenantId, """
                        SELECT workload_id FROM workloads
                        WHERE tenant_id = :tenantId AND workload_id = ANY (:workloadIds)
                        """)
                .bind("tenantId", tenantId.value())
                .bind("workloadIds", workloadIds.stream().map(WorkloadId::value).toArray(UUID[]::new))
                .mapTo(UUID.class)
                .stream()
                .map(WorkloadId::new)
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public void update(Workload workload) {
        Update update = scope.update(workload.tenantId(), """
                UPDATE workloads SET
                    name = :name,
                    kind = :kind,
                    state = :state,
                    update_time = :updateTime,
                    version = :version
                WHERE tenant_id = :tenantId AND workload_id = :workloadId AND version = :version - 1
                """);
        if (write(workload, update) == 0) {
            throw PostgresErrors.concurrentChange();
        }
        changes.workload(workload.tenantId(), workload.id());
    }

    @Override
    public void delete(TenantId tenantId, WorkloadId workloadId) {
        int deleted = scope.update(
                        tenantId, "DELETE FROM workloads WHERE tenant_id = :tenantId AND workload_id = :workloadId")
                .bind("tenantId", tenantId.value())
                .bind("workloadId", workloadId.value())
                .execute();
        if (deleted > 0) {
            changes.workload(tenantId, workloadId);
        }
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
                        """.formatted(kind == null ? "" : "AND kind = :kind"))
                .bind("tenantId", tenantId.value())
                .bind("before", Keyset.before(page))
                .bind("limit", Keyset.limit(page));
        if (kind != null) {
            query.bind("kind", kind.name());
        }
        return Pages.read(query, ROWS, page, workload -> workload.id().value());
    }

    private static int write(Workload workload, Update statement) {
        try {
            return statement
                    .bind("tenantId", workload.tenantId().value())
                    .bind("workloadId", workload.id().value())
                    .bind("name", workload.name().value())
                    .bind("kind", workload.kind().name())
                    .bind("state", workload.state().name())
                    .bind("updateTime", workload.revision().updateTime())
                    .bind("version", workload.revision().version())
                    .execute();
        } catch (JdbiException refused) {
            throw PostgresErrors.refusedWrite(
                    refused, Map.of("name", workload.name().value()));
        }
    }
}
