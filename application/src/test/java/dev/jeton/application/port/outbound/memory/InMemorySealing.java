package dev.jeton.application.port.outbound.memory;

import dev.jeton.application.port.outbound.AuditChainStore.Sealing;
import dev.jeton.application.port.outbound.memory.State.EventKey;
import dev.jeton.domain.audit.AuditEvent;
import dev.jeton.domain.audit.ChainCheckpoint;
import dev.jeton.domain.audit.ChainLink;
import dev.jeton.domain.tenant.TenantId;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The sealing operations of one transaction. */
final class InMemorySealing implements Sealing {
    private static final Comparator<EventKey> BY_TENANT_AND_ID = Comparator.<EventKey, String>comparing(
                    key -> key.tenantId().toString())
            .thenComparing(key -> key.eventId().toString());

    private final Transaction transaction;

    InMemorySealing(Transaction transaction) {
        this.transaction = transaction;
    }

    @Override
    public List<AuditEvent> pending(int limit) {
        State state = transaction.state();
        return state.pending.stream()
                .filter(key -> state.events.containsKey(key) && !InMemoryAuditChainStore.isChained(state, key))
                .sorted(BY_TENANT_AND_ID)
                .limit(limit)
                .map(state.events::get)
                .toList();
    }

    @Override
    public Map<TenantId, ChainCheckpoint> heads(Collection<TenantId> tenantIds) {
        State state = transaction.state();
        return tenantIds.stream()
                .filter(state.chains::containsKey)
                .collect(Collectors.toMap(Function.identity(), id -> InMemoryAuditChainStore.head(state, id)));
    }

    @Override
    public void append(List<ChainLink> links) {
        State state = transaction.state();
        for (ChainLink link : links) {
            EventKey key = InMemoryAuditChainStore.key(link);
            if (InMemoryAuditChainStore.isChained(state, key)) {
                throw new IllegalStateException("Event " + link.eventId() + " is already in the chain");
            }
            if (state.chains
                            .computeIfAbsent(link.tenantId(), id -> new TreeMap<>())
                            .putIfAbsent(link.position(), link)
                    != null) {
                throw new IllegalStateException("A link at position " + link.position() + " already exists");
            }
            state.pending.remove(key);
        }
    }
}
