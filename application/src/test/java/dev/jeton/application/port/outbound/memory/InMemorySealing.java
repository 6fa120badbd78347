package dev.jeton.application.port.outbound.memory;

import dev.jeton.application.port.outbound.AuditChainStore.Chained;
import dev.jeton.application.port.outbound.AuditChainStore.Sealing;
import dev.jeton.application.port.outbound.memory.State.EventKey;
import dev.jeton.domain.audit.AuditEvent;
import dev.jeton.domain.audit.ChainCheckpoint;
import dev.jeton.domain.audit.ChainLink;
import dev.jeton.domain.audit.ChainStart;
import dev.jeton.domain.tenant.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The sealing operations of one transaction. */
final class InMemorySealing implements Sealing {
    private static final Comparator<EventKey> BY_TENANT_AND_ID = Comparator.<EventKey, String>comparing(
                    key -> key.tenantId().toString())
            .thenComparing(key -> key.eventId().toString());

    private static final Duration MIN_RETENTION = Duration.ofDays(1);

    private final Transaction transaction;
    private final Instant now;

    InMemorySealing(Transaction transaction, Instant now) {
        this.transaction = transaction;
        this.now = now;
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
                .filter(id -> state.chains.containsKey(id) || state.starts.containsKey(id))
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

    @Override
    public ChainStart start(TenantId tenantId) {
        return InMemoryAuditChainStore.start(transaction.state(), tenantId);
    }

    @Override
    public List<Chained> expired(TenantId tenantId, Duration retention, int limit) {
        long start = start(tenantId).checkpoint().count();
        return InMemoryAuditChainStore.chained(transaction.state(), tenantId, start, limit).stream()
                .takeWhile(each -> each.event() == null || isExpired(each.event(), retention))
                .toList();
    }

    @Override
    public void purge(TenantId tenantId, long upTo, Duration retention) {
        State state = transaction.state();
        ChainStart start = start(tenantId);
        long count = upTo - start.checkpoint().count();
        List<Chained> purged = InMemoryAuditChainStore.chained(
                state, tenantId, start.checkpoint().count(), Math.toIntExact(count));
        if (retention.compareTo(MIN_RETENTION) < 0
                || purged.isEmpty()
                || purged.get(purged.size() - 1).link().position() != upTo
                || purged.size() != count
                || !purged.stream().allMatch(each -> each.event() != null && isExpired(each.event(), retention))) {
            throw new IllegalStateException("Not all of these audit events are sealed and older than the retention");
        }
        Instant newest = Stream.concat(
                        Stream.ofNullable(start.purgedUntil()),
                        purged.stream().map(each -> each.event().createTime()))
                .max(Comparator.naturalOrder())
                .orElseThrow();
        state.starts.put(
                tenantId,
                new ChainStart(ChainCheckpoint.at(purged.get(purged.size() - 1).link()), newest));
        for (Chained each : purged) {
            state.events.remove(InMemoryAuditChainStore.key(each.link()));
            state.chains.get(tenantId).remove(each.link().position());
        }
    }

    private boolean isExpired(AuditEvent event, Duration retention) {
        return event.createTime().isBefore(now.minus(retention));
    }
}
