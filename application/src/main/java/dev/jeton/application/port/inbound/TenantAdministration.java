package dev.jeton.application.port.inbound;

import dev.jeton.application.access.Caller;
import dev.jeton.application.page.Page;
import dev.jeton.application.page.PageRequest;
import dev.jeton.domain.resource.Etag;
import dev.jeton.domain.tenant.Tenant;
import dev.jeton.domain.tenant.TenantId;
import org.jspecify.annotations.Nullable;

/**
 * Tenants and their policies. For every method: PERMISSION_DENIED for callers who may not; TENANT_NOT_FOUND for a tenant that does not
 * exist; ETAG_MISMATCH if an etag is given and is not current, unless the tenant is already as asked. Thread-safe.
 */
public interface TenantAdministration {

    Created<Tenant> create(Caller caller, CreateTenant command);

    Tenant get(Caller caller, TenantId tenantId);

    /** All tenants, newest first. */
    Page<Tenant> list(Caller caller, PageRequest page);

    Tenant update(Caller caller, UpdateTenant command);

    /** From when this returns, none of the tenant's tokens passes. Idempotent. SYSTEM_TENANT_PROTECTED for the system tenant. */
    Tenant suspend(Caller caller, TenantId tenantId, @Nullable Etag etag);

    /** Idempotent. */
    Tenant resume(Caller caller, TenantId tenantId, @Nullable Etag etag);

    /**
     * Deletes the tenant with everything in it.
     *
     * @param force whether it may have users or workloads; if not, TENANT_NOT_EMPTY. SYSTEM_TENANT_PROTECTED for the system tenant
     */
    void delete(Caller caller, TenantId tenantId, boolean force, @Nullable Etag etag);
}
