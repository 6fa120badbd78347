package dev.jeton.application.port.outbound;

import dev.jeton.domain.tenant.Tenant;
import dev.jeton.domain.tenant.TenantId;
import java.util.Optional;

/** The tenants, one at a time; see {@link Repositories} for its validity. */
public interface TenantRepository {

    /**
     * Stores a new tenant.
     *
     * @return false, and nothing stored, if one with that id exists already
     */
    boolean insert(Tenant tenant);

    Optional<Tenant> find(TenantId tenantId);

    /** The same; until the transaction ends, nobody else can lock, change or delete the tenant or add users or workloads to it. */
    Optional<Tenant> lock(TenantId tenantId);

    /** Replaces the revision before this one; CONCURRENT_CHANGE if the stored one is another or gone. */
    void update(Tenant tenant);

    /** Whether it has neither users nor workloads. */
    boolean isEmpty(TenantId tenantId);

    /**
     * Deletes the tenant with its users, workloads, tokens and tombstones; does nothing if there is none.
     *
     * @return how much went with it
     */
    Contents delete(TenantId tenantId);

    /** How much there is in a tenant. */
    record Contents(int users, int workloads, int tokens) {}
}
