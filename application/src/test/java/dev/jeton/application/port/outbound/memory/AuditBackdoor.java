package dev.jeton.application.port.outbound.memory;

import dev.jeton.domain.audit.AuditEvent;
import dev.jeton.domain.audit.ChainLink;
import dev.jeton.domain.audit.ChainStart;
import dev.jeton.domain.tenant.TenantId;
import java.util.TreeMap;

/** Tampers with the audit trail, as someone with write access to the database could. */
public final class AuditBackdoor {
    private final Store store;

    AuditBackdoor(Store store) {
        this.store = store;
    }

    /** Inserts the event or replaces the one with its id. */
    public void put(AuditEvent event) {
        store.change(state -> state.events.put(State.key(event), event));
    }

    public void remove(AuditEvent event) {
        store.change(state -> state.events.remove(State.key(event)));
    }

    /** Inserts the link or replaces the one at its position. */
    public void put(ChainLink link) {
        store.change(state -> state.chains
                .computeIfAbsent(link.tenantId(), id -> new TreeMap<>())
                .put(link.position(), link));
    }

    /** Inserts the start of a purged chain or replaces it. */
    public void put(ChainStart start) {
        store.change(state -> state.starts.put(start.checkpoint().tenantId(), start));
    }

    public void removeStart(TenantId tenantId) {
        store.change(state -> state.starts.remove(tenantId));
    }

    public void removeLink(TenantId tenantId, long position) {
        store.change(state -> state.chains.get(tenantId).remove(position));
    }
}
