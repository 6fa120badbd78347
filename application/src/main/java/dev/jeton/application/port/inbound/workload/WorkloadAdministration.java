package dev.jeton.application.port.inbound.workload;

import dev.jeton.application.access.Caller;
import dev.jeton.application.page.Page;
import dev.jeton.application.page.PageRequest;
import dev.jeton.application.port.inbound.Created;
import dev.jeton.domain.resource.Etag;
import dev.jeton.domain.tenant.TenantId;
import dev.jeton.domain.workload.Workload;
import dev.jeton.domain.workload.WorkloadId;
import dev.jeton.domain.workload.WorkloadKind;
import org.jspecify.annotations.Nullable;

/**
 * Manages workloads. Every method can fail with PERMISSION_DENIED, TENANT_NOT_FOUND, WORKLOAD_NOT_FOUND, or ETAG_MISMATCH if the etag is
 * out of date and the call would change something. Thread-safe.
 */
public interface WorkloadAdministration {

    /** Creates a workload. Fails with WORKLOAD_NAME_TAKEN if another workload of the tenant has the name. */
    Created<Workload> create(Caller caller, CreateWorkload command);

    Workload get(Caller caller, WorkloadId workloadId);

    /**
     * Returns a tenant's workloads, newest first.
     *
     * @param tenantId null: the caller's
     * @param kind null: any
     */
    Page<Workload> list(Caller caller, @Nullable TenantId tenantId, @Nullable WorkloadKind kind, PageRequest page);

    /** Updates a workload. Fails with WORKLOAD_NAME_TAKEN as create does. */
    Workload update(Caller caller, UpdateWorkload command);

    /** Disables the workload: once this returns, every token is denied for it. Idempotent. */
    Workload disable(Caller caller, WorkloadId workloadId, @Nullable Etag etag);

    /** Enables the workload. Idempotent. */
    Workload enable(Caller caller, WorkloadId workloadId, @Nullable Etag etag);

    /** Deletes the workload and, in the same transaction, its assignments. A token left without workloads stays bound. */
    void delete(Caller caller, WorkloadId workloadId, @Nullable Etag etag);
}
