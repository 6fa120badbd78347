package dev.jeton.application.audit;

import dev.jeton.application.port.inbound.audit.ChainReport;
import dev.jeton.application.port.inbound.audit.ChainReport.Fault;
import dev.jeton.application.port.inbound.audit.ChainReport.Intact;
import dev.jeton.application.port.inbound.audit.ChainReport.Tampered;
import dev.jeton.application.port.outbound.AuditChainStore;
import dev.jeton.application.port.outbound.AuditChainStore.Chained;
import dev.jeton.application.port.outbound.AuditChainStore.Recorded;
import dev.jeton.domain.audit.AuditChain;
import dev.jeton.domain.audit.AuditEvent;
import dev.jeton.domain.audit.AuditEventId;
import dev.jeton.domain.audit.ChainCheckpoint;
import dev.jeton.domain.audit.ChainLink;
import dev.jeton.domain.audit.ChainStart;
import dev.jeton.domain.tenant.TenantId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Verifies the whole trail of one tenant, which may grow and be purged meanwhile. Single use, not thread-safe. */
final class ChainVerification {
    private final AuditChainStore store;
    private final TenantId tenantId;
    private final ChainCheckpoint checkpoint;
    private final int slice;

    private ChainStart start;

    /** The last verified link; at first, the last purged one. */
    private ChainCheckpoint head;

    /** @param checkpoint empty if the caller has none */
    ChainVerification(AuditChainStore store, TenantId tenantId, ChainCheckpoint checkpoint, int slice) {
        this.store = store;
        this.tenantId = tenantId;
        this.checkpoint = checkpoint;
        this.slice = slice;
        start = store.start(tenantId);
        head = start.checkpoint();
    }

    /** Begins again if what it has not read yet was purged. */
    ChainReport run() {
        while (true) {
            ChainReport report = verify();
            ChainStart now = store.start(tenantId);
            if (report instanceof Intact || now.equals(start)) {
                return report;
            }
            start = now;
            head = now.checkpoint();
        }
    }

    private ChainReport verify() {
        Tampered fault = checkStart();
        if (fault == null) {
            fault = checkChain();
        }
        if (fault == null && head.count() < checkpoint.count()) {
            fault = fault(head.count() + 1, null, Fault.SHORTER_THAN_CHECKPOINT);
        }
        if (fault == null) {
            fault = checkOutsideChain();
        }
        return fault == null ? new Intact(start, head) : fault;
    }

    private @Nullable Tampered checkStart() {
        long position = start.checkpoint().count();
        if (checkpoint.count() == 0 || checkpoint.count() > position) {
            return null;
        }
        if (checkpoint.count() < position) {
            return fault(position, null, Fault.PURGED_AFTER_CHECKPOINT);
        }
        return checkpoint.equals(start.checkpoint()) ? null : fault(position, null, Fault.DIFFERS_FROM_CHECKPOINT);
    }

    /** Starts before the first position, to find links inserted there. */
    private @Nullable Tampered checkChain() {
        List<Chained> rows;
        do {
            rows = store.chained(tenantId, head.equals(start.checkpoint()) ? Long.MIN_VALUE : head.count(), slice);
            for (Chained row : rows) {
                Tampered fault = checkRow(row);
                if (fault != null) {
                    return fault;
                }
                head = ChainCheckpoint.at(row.link());
            }
        } while (rows.size() == slice);
        return null;
    }

    private @Nullable Tampered checkRow(Chained row) {
        ChainLink link = row.link();
        long position = head.count() + 1;
        if (link.position() < position) {
            return fault(link.position(), link.eventId(), Fault.INSERTED);
        }
        if (link.position() > position) {
            return fault(position, null, Fault.LINK_REMOVED);
        }
        if (row.event() == null) {
            return fault(position, link.eventId(), Fault.EVENT_REMOVED);
        }
        if (!AuditChain.next(head, row.event()).equals(link)) {
            return fault(position, link.eventId(), isSwapped(link) ? Fault.SWAPPED : Fault.CHANGED);
        }
        if (position == checkpoint.count() && !link.hash().equals(checkpoint.head())) {
            return fault(position, link.eventId(), Fault.DIFFERS_FROM_CHECKPOINT);
        }
        return null;
    }

    /** Whether this link's hash matches a later event, under that event's own id or this link's. */
    private boolean isSwapped(ChainLink link) {
        long after = head.count();
        List<Chained> rows;
        do {
            rows = store.chained(tenantId, after, slice);
            for (Chained row : rows) {
                AuditEvent event = row.event();
                if (event != null && (matches(event, link) || matches(event.withId(link.eventId()), link))) {
                    return true;
                }
                after = row.link().position();
            }
        } while (rows.size() == slice);
        return false;
    }

    private boolean matches(AuditEvent event, ChainLink link) {
        return AuditChain.next(head, event).hash().equals(link.hash());
    }

    private @Nullable Tampered checkOutsideChain() {
        AuditEventId last = null;
        List<Recorded> rows;
        do {
            rows = store.recorded(tenantId, last, slice);
            for (Recorded row : rows) {
                if (!row.known()) {
                    return fault(0, row.eventId(), Fault.INSERTED);
                }
                last = row.eventId();
            }
        } while (rows.size() == slice);
        return store.lost(tenantId)
                .map(eventId -> fault(0, eventId, Fault.EVENT_REMOVED))
                .orElse(null);
    }

    private Tampered fault(long position, @Nullable AuditEventId eventId, Fault what) {
        return new Tampered(tenantId, position, eventId, what);
    }
}
