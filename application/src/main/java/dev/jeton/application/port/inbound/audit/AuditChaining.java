package dev.jeton.application.port.inbound.audit;

import dev.jeton.domain.audit.ChainCheckpoint;
import dev.jeton.domain.tenant.TenantId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Seals audit events into hash chains, detects tampering and purges expired events. Thread-safe. */
public interface AuditChaining {

    /**
     * Appends pending events to their tenants' chains. Every replica should call it about once a second, because an event can be forged
     * undetected until it is sealed. Fails with DATABASE_UNAVAILABLE if the store does not answer.
     *
     * @return the number of events sealed; 0 if another replica holds the lock
     */
    int seal();

    /**
     * Purges one batch of the tenant's events that are sealed and older than the retention, the oldest first. Keeps events from the first one
     * that was tampered with, as evidence. Call it until it returns false. Fails with DATABASE_UNAVAILABLE if the store does not answer.
     *
     * @param retention at least a day
     * @return whether more may be left
     * @throws IllegalStateException if the trail was tampered with
     */
    boolean purge(TenantId tenantId, Duration retention);

    /** Returns the current checkpoint of every chain, ordered by tenant id. */
    List<ChainCheckpoint> checkpoints();

    /** Returns the tenants that have audit events or a chain, by id. */
    List<TenantId> tenants();

    /**
     * Verifies every event and link of one tenant that is not purged, up to the first fault.
     *
     * @param checkpoint an earlier checkpoint to compare with; empty if there is none
     */
    ChainReport verify(TenantId tenantId, Optional<ChainCheckpoint> checkpoint);
}
