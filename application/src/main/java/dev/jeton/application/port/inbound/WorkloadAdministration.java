package dev.jeton.application.port.inbound;

import dev.jeton.application.access.Caller;
import dev.jeton.application.page.Page;
import dev.jeton.application.page.PageRequest;
import dev.jeton.domain.resource.Etag;
import dev.jeton.domain.tenant.TenantId;
import dev.jeton.domain.workload.Workload;
import dev.jeton.domain.workload.WorkloadId;
import dev.jeton.domain.workload.WorkloadKind;
import org.jspecify.annotations.Nullable;

/**
 * What tokens give access to. For every method: PERMISSION_DENIED for callers who may not; TENANT_NOT_FOUND, WORKLOAD_NOT_FOUND for
 * what does not exist; ETAG_MISMATCH if an etag is given and is not current, unless the workload is already as asked. Thread-safe.
 */
public interface WorkloadAdministration {

    /** WORKLOAD_NAME_TAKEN if another workload of the tenant has the name. */
    Created<Workload> create(Caller caller, CreateWorkload command);

    Workload get(Caller caller, WorkloadId workloadId);

    /**
     * A tenant's workloads, newest first.
     *
     * @param tenantId null: the caller's
     * @param kind null: any
     */
    Page<Workload> list(Caller caller, @Nullable TenantId tenantId, @Nullable WorkloadKind kind, PageRequest page);

    /** WORKLOAD_NAME_TAKEN as for create. */
    Workload update(Caller caller, UpdateWorkload command);

    /** From when this returns, no token passes for the workload. Idempotent. */
    Workload disable(Caller caller, WorkloadId workloadId, @Nullable Etag etag);

    /** Idempotent. */
    Workload enable(Caller caller, WorkloadId workloadId, @Nullable Etag etag);

    /** Deletes the workload; its tokens lose that assignment at the same instant and gain nothing by it. */
    void delete(Caller caller, WorkloadId workloadId, @Nullable Etag etag);
}
