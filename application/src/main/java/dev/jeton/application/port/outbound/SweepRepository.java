package dev.jeton.application.port.outbound;

import dev.jeton.domain.audit.Origin;
import dev.jeton.domain.tenant.TenantId;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Stores what is left to remove of deleted users, workloads and tenants. What is left is hidden: tokens of a deleted user, assignments to a
 * deleted workload and everything in a deleted tenant are not found, by any port. See {@link Repositories} for its lifetime.
 */
public interface SweepRepository {

    /** Stores a sweep. The resource must have been deleted in this transaction. */
    void insert(Sweep sweep);

    /**
     * Finds a sweep of any tenant and locks it, so that no other transaction finds it. Empty if there is none or all are locked; never waits.
     */
    Optional<Sweep> lockNext();

    /** Deletes a sweep of which nothing is left. */
    void delete(Sweep sweep);

    /**
     * The deletion of a resource that is not complete yet.
     *
     * @param resourceId of the user, workload or tenant
     * @param origin of the call that deleted it
     * @param time of that call
     */
    record Sweep(TenantId tenantId, Kind kind, UUID resourceId, Origin origin, Instant time) {}

    /** What was deleted. */
    enum Kind {
        /** Its tokens are left. */
        USER,
        /** Its assignments are left. */
        WORKLOAD,
        /** Its users, tokens, workloads and tombstones are left. */
        TENANT
    }
}
