package dev.jeton.application.port.inbound;

import dev.jeton.domain.audit.ChainCheckpoint;
import dev.jeton.domain.tenant.TenantId;
import java.util.List;
import java.util.Optional;

/** Makes it evident when the audit trail was tampered with. Thread-safe. */
public interface AuditChaining {

    /**
     * Chains the events that are not in their tenants' chains yet; to be called about once a second, by every replica. The sooner it
     * comes, the less time there is to forge an event unseen. DATABASE_UNAVAILABLE when the store does not answer.
     *
     * @return how many it chained; 0 also when another replica is at it
     */
    int seal();

    /** What all chains are like now, by tenant. */
    List<ChainCheckpoint> checkpoints();

    /** The tenants that have a trail, by id. */
    List<TenantId> tenants();

    /**
     * Looks at every event and link of one tenant, up to the first that is not as it was.
     *
     * @param checkpoint what the chain was like once; empty if nobody kept it
     */
    ChainReport verify(TenantId tenantId, Optional<ChainCheckpoint> checkpoint);
}
