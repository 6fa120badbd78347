package dev.jeton.application.port.inbound.tenant;

import dev.jeton.application.access.Caller;
import dev.jeton.application.page.Page;
import dev.jeton.application.page.PageRequest;
import dev.jeton.application.port.inbound.Created;
import dev.jeton.domain.resource.Etag;
import dev.jeton.domain.tenant.Tenant;
import dev.jeton.domain.tenant.TenantId;
import org.jspecify.annotations.Nullable;

/**
 * Manages tenants and their policies. Every method can fail with PERMISSION_DENIED, TENANT_NOT_FOUND, or ETAG_MISMATCH if the etag is out
 * of date and the call would change something. Thread-safe.
 */
public interface TenantAdministration {

    Created<Tenant> create(Caller caller, CreateTenant command);

    Tenant get(Caller caller, TenantId tenantId);

    /** Returns all tenants, newest first. */
    Page<Tenant> list(Caller caller, PageRequest page);

    /** Updates the name, the parts of the policy that the command has, or both. Fails with InvalidArgument if they contradict the others. */
    Tenant update(Caller caller, UpdateTenant command);

    /** Suspends the tenant: once this returns, all its tokens are denied. Idempotent. Fails with SYSTEM_TENANT_PROTECTED. */
    Tenant suspend(Caller caller, TenantId tenantId, @Nullable Etag etag);

    /** Resumes the tenant. Idempotent. */
    Tenant resume(Caller caller, TenantId tenantId, @Nullable Etag etag);

    /**
     * Deletes the tenant with everything in it. Fails with SYSTEM_TENANT_PROTECTED.
     *
     * @param force if false, a tenant with users or workloads fails with TENANT_NOT_EMPTY
     */
    void delete(Caller caller, TenantId tenantId, boolean force, @Nullable Etag etag);
}
