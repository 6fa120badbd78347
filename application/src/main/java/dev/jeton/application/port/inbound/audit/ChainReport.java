package dev.jeton.application.port.inbound.audit;

import dev.jeton.domain.audit.AuditEventId;
import dev.jeton.domain.audit.ChainCheckpoint;
import dev.jeton.domain.audit.ChainStart;
import dev.jeton.domain.tenant.TenantId;
import org.jspecify.annotations.Nullable;

/** The result of verifying one tenant's audit trail. */
public sealed interface ChainReport {

    /**
     * The trail is unchanged.
     *
     * @param start where the verification began: after the events that were purged
     * @param head the end of the chain
     */
    record Intact(ChainStart start, ChainCheckpoint head) implements ChainReport {}

    /**
     * The trail was changed.
     *
     * @param position the position of the first faulty link; 0 if the fault is outside the chain
     * @param eventId the event concerned; null if unknown
     */
    record Tampered(
            TenantId tenantId, long position, @Nullable AuditEventId eventId, Fault fault) implements ChainReport {}

    /** The kind of fault. */
    enum Fault {
        /** The event or its link was modified. */
        CHANGED,
        /** The hash at this position belongs to another event of the tenant. */
        SWAPPED,
        /** The event is missing. */
        EVENT_REMOVED,
        /** The link at this position is missing, but later ones exist. */
        LINK_REMOVED,
        /** The event is neither in the chain nor pending, or its link is before the start of the chain. */
        INSERTED,
        /** Events after the checkpoint were purged. To be expected only if the checkpoint is older than the retention. */
        PURGED_AFTER_CHECKPOINT,
        /** The chain ends before the checkpoint. */
        SHORTER_THAN_CHECKPOINT,
        /** The chain is consistent but does not match the checkpoint. */
        DIFFERS_FROM_CHECKPOINT
    }
}
