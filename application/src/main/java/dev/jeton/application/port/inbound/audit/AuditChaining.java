package dev.jeton.application.port.inbound.audit;

import dev.jeton.domain.audit.ChainCheckpoint;
import dev.jeton.domain.tenant.TenantId;
import java.util.List;
import java.util.Optional;

/** Seals audit events into hash chains and detects tampering. Thread-safe. */
public interface AuditChaining {

    /**
     * Appends pending events to their tenants' chains. Every replica should call it about once a second, because an event can be forged
     * undetected until it is sealed. Fails with DATABASE_UNAVAILABLE if the store does not answer.
     *
     * @return the number of events sealed; 0 if another replica holds the lock
     */
    int seal();

    /** Returns the current checkpoint of every chain, ordered by tenant id. */
    List<ChainCheckpoint> checkpoints();

    /** Returns the tenants that have audit events or a chain, by id. */
    List<TenantId> tenants();

    /**
     * Verifies every event and link of one tenant, up to the first fault.
     *
     * @param checkpoint an earlier checkpoint to compare with; empty if there is none
     */
    ChainReport verify(TenantId tenantId, Optional<ChainCheckpoint> checkpoint);
}
