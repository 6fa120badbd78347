package dev.jeton.application.port.inbound;

import dev.jeton.domain.audit.AuditEventId;
import dev.jeton.domain.audit.ChainCheckpoint;
import dev.jeton.domain.tenant.TenantId;
import org.jspecify.annotations.Nullable;

/** What became of the audit trail of one tenant. */
public sealed interface ChainReport {

    /** As it was written. */
    record Intact(ChainCheckpoint head) implements ChainReport {}

    /**
     * Not as it was written.
     *
     * @param position of the first link at fault; 0 if the fault is not in the chain
     * @param eventId null if it is not known
     */
    record Tampered(
            TenantId tenantId, long position, @Nullable AuditEventId eventId, Fault fault) implements ChainReport {}

    /** What is wrong with a row. */
    enum Fault {
        /** The event, or its link, is not the one that was chained here. */
        CHANGED,
        /** What was chained here is another event of the tenant. */
        SWAPPED,
        /** The event is gone. */
        EVENT_REMOVED,
        /** There is no link at this position, but there are later ones. */
        LINK_REMOVED,
        /** The event is neither in the chain nor waiting to be chained. */
        INSERTED,
        /** The chain ends before the checkpoint. */
        SHORTER_THAN_CHECKPOINT,
        /** All fits together, but it is not what the checkpoint was taken of. */
        DIFFERS_FROM_CHECKPOINT
    }
}
