package dev.jeton.application.port.outbound;

import dev.jeton.domain.tenant.Tenant;
import dev.jeton.domain.tenant.TenantId;
import java.util.Optional;

/** Stores tenants. See {@link Repositories} for its lifetime. */
public interface TenantRepository {

    /** Stores a new tenant. Fails with CONCURRENT_CHANGE if the id already exists. */
    void insert(Tenant tenant);

    /**
     * Stores a new tenant.
     *
     * @return false, without storing it, if the id already exists
     */
    boolean insertIfAbsent(Tenant tenant);

    Optional<Tenant> find(TenantId tenantId);

    /** Finds and holds. Until the transaction ends, no other can delete the tenant. */
    Optional<Tenant> hold(TenantId tenantId);

    /** Finds and locks. Until the transaction ends, no other can lock, change or delete the tenant; users and workloads can be added. */
    Optional<Tenant> lock(TenantId tenantId);

    /** Finds and locks as {@link #lock} does, and also keeps others from adding users or workloads. */
    Optional<Tenant> lockForDelete(TenantId tenantId);

    /** Replaces the previous revision. Fails with CONCURRENT_CHANGE if the stored revision differs or is gone. */
    void update(Tenant tenant);

    /** Whether the tenant has no users and no workloads. */
    boolean isEmpty(TenantId tenantId);

    /**
     * Deletes a tenant; does nothing if it does not exist. Waits until those who {@link #hold} it are done. Nothing in it is found from then
     * on; remove what it contains with the other repositories.
     */
    void delete(TenantId tenantId);
}
