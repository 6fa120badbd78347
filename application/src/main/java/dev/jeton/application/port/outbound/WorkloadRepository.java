package dev.jeton.application.port.outbound;

import dev.jeton.application.page.Page;
import dev.jeton.application.page.PageRequest;
import dev.jeton.domain.tenant.TenantId;
import dev.jeton.domain.workload.Workload;
import dev.jeton.domain.workload.WorkloadId;
import dev.jeton.domain.workload.WorkloadKind;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The workloads of one tenant at a time; another tenant's workload is not there. See {@link Repositories} for its validity. */
public interface WorkloadRepository {

    /** Stores a new workload. WORKLOAD_NAME_TAKEN if the tenant has the name already; TENANT_NOT_FOUND if the tenant is gone. */
    void insert(Workload workload);

    Optional<Workload> find(TenantId tenantId, WorkloadId workloadId);

    /** The same; until the transaction ends, nobody else can lock, change or delete the workload or assign tokens to it. */
    Optional<Workload> lock(TenantId tenantId, WorkloadId workloadId);

    /** Those of {@code workloadIds} that the tenant has. */
    Set<WorkloadId> existing(TenantId tenantId, Collection<WorkloadId> workloadIds);

    /** Replaces the revision before this one; CONCURRENT_CHANGE if the stored one is another or gone; WORKLOAD_NAME_TAKEN as for insert. */
    void update(Workload workload);

    /** Deletes a workload that no token is assigned to any more; does nothing if there is none. */
    void delete(TenantId tenantId, WorkloadId workloadId);

    /**
     * Workloads by descending id.
     *
     * @param kind null: any
     */
    Page<Workload> page(TenantId tenantId, @Nullable WorkloadKind kind, PageRequest page);
}
