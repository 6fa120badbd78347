package dev.jeton.application.port.outbound;

import dev.jeton.application.page.Page;
import dev.jeton.application.page.PageRequest;
import dev.jeton.domain.tenant.TenantId;
import dev.jeton.domain.workload.Workload;
import dev.jeton.domain.workload.WorkloadId;
import dev.jeton.domain.workload.WorkloadKind;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Stores the workloads of each tenant. A workload of another tenant, or of a deleted one, is not found. See {@link Repositories} for its lifetime. */
public interface WorkloadRepository {

    /** Stores a new workload. Fails with WORKLOAD_NAME_TAKEN if the name exists in the tenant; TENANT_NOT_FOUND if the tenant is gone. */
    void insert(Workload workload);

    Optional<Workload> find(Reach reach, WorkloadId workloadId);

    default Optional<Workload> find(TenantId tenantId, WorkloadId workloadId) {
        return find(Reach.of(tenantId), workloadId);
    }

    /** Finds and locks. Until the transaction ends, no other can lock, change or delete the workload; tokens can be assigned to it. */
    Optional<Workload> lock(Reach reach, WorkloadId workloadId);

    default Optional<Workload> lock(TenantId tenantId, WorkloadId workloadId) {
        return lock(Reach.of(tenantId), workloadId);
    }

    /** Finds and locks as {@link #lock} does, and also keeps others from assigning tokens to it. */
    Optional<Workload> lockForDelete(Reach reach, WorkloadId workloadId);

    default Optional<Workload> lockForDelete(TenantId tenantId, WorkloadId workloadId) {
        return lockForDelete(Reach.of(tenantId), workloadId);
    }

    /** Replaces the previous revision. Fails with CONCURRENT_CHANGE if the stored revision differs or is gone; WORKLOAD_NAME_TAKEN as insert does. */
    void update(Workload workload);

    /**
     * Deletes a workload; does nothing if it does not exist. Waits for those who are assigning tokens to it. No token shows it from then on;
     * remove its assignments with {@link TokenRepository#unassign}.
     */
    void delete(TenantId tenantId, WorkloadId workloadId);

    /**
     * Deletes the newest workloads of a deleted tenant; does nothing while the tenant exists.
     *
     * @return at most {@code limit}, by descending id; fewer if no more are left
     */
    List<Workload> deleteByTenant(TenantId tenantId, int limit);

    /**
     * Returns workloads by descending id.
     *
     * @param kind null: any
     */
    Page<Workload> page(TenantId tenantId, @Nullable WorkloadKind kind, PageRequest page);
}
