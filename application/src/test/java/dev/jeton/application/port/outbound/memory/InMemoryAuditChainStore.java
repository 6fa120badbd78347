package dev.jeton.application.port.outbound.memory;

import dev.jeton.application.port.outbound.AuditChainStore;
import dev.jeton.application.port.outbound.memory.State.EventKey;
import dev.jeton.domain.audit.AuditEventId;
import dev.jeton.domain.audit.ChainCheckpoint;
import dev.jeton.domain.audit.ChainLink;
import dev.jeton.domain.audit.ChainStart;
import dev.jeton.domain.tenant.TenantId;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the committed state. Sealing is an ordinary transaction, so here other transactions wait for it. Thread-safe. */
final class InMemoryAuditChainStore implements AuditChainStore {
    private static final Comparator<EventKey> BY_ID =
            Comparator.comparing(key -> key.eventId().value(), Paging.BY_BYTES);

    private final Store store;
    private final InstantSource clock;

    InMemoryAuditChainStore(Store store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    @Override
    public <T> Optional<T> tryWithLock(Function<Sealing, T> work) {
        return store.change(state -> {
            Transaction transaction = new Transaction(state);
            try {
                return Optional.of(work.apply(new InMemorySealing(transaction, clock.instant())));
            } finally {
                transaction.end();
            }
        });
    }

    @Override
    public Optional<TenantId> tenantAfter(@Nullable TenantId tenantId) {
        State state = store.committed();
        return Stream.concat(
                        Stream.concat(state.events.keySet().stream(), state.pending.stream())
                                .map(EventKey::tenantId),
                        Stream.concat(state.chains.keySet().stream(), state.starts.keySet().stream()))
                .filter(id -> tenantId == null || Paging.BY_BYTES.compare(id.value(), tenantId.value()) > 0)
                .min(Comparator.comparing(TenantId::value, Paging.BY_BYTES));
    }

    @Override
    public ChainCheckpoint head(TenantId tenantId) {
        return head(store.committed(), tenantId);
    }

    @Override
    public ChainStart start(TenantId tenantId) {
        return start(store.committed(), tenantId);
    }

    @Override
    public List<Chained> chained(TenantId tenantId, long after, int limit) {
        return chained(store.committed(), tenantId, after, limit);
    }

    static List<Chained> chained(State state, TenantId tenantId, long after, int limit) {
        return links(state, tenantId).tailMap(after + 1).values().stream()
                .limit(limit)
                .map(link -> new Chained(link, state.events.get(key(link))))
                .toList();
    }

    @Override
    public List<Recorded> recorded(TenantId tenantId, @Nullable AuditEventId eventId, int limit) {
        State state = store.committed();
        return state.events.keySet().stream()
                .filter(key -> key.tenantId().equals(tenantId)
                        && (eventId == null
                                || Paging.BY_BYTES.compare(key.eventId().value(), eventId.value()) > 0))
                .sorted(BY_ID)
                .limit(limit)
                .map(key -> new Recorded(key.eventId(), state.pending.contains(key) || isChained(state, key)))
                .toList();
    }

    @Override
    public Optional<AuditEventId> lost(TenantId tenantId) {
        State state = store.committed();
        return state.pending.stream()
                .filter(key -> key.tenantId().equals(tenantId) && !state.events.containsKey(key))
                .min(BY_ID)
                .map(EventKey::eventId);
    }

    static ChainCheckpoint head(State state, TenantId tenantId) {
        SortedMap<Long, ChainLink> links = links(state, tenantId);
        return links.isEmpty() ? start(state, tenantId).checkpoint() : ChainCheckpoint.at(links.get(links.lastKey()));
    }

    static ChainStart start(State state, TenantId tenantId) {
        return state.starts.getOrDefault(tenantId, ChainStart.complete(tenantId));
    }

    static boolean isChained(State state, EventKey key) {
        return links(state, key.tenantId()).values().stream()
                .anyMatch(link -> link.eventId().equals(key.eventId()));
    }

    static EventKey key(ChainLink link) {
        return new EventKey(link.tenantId(), link.eventId());
    }

    static SortedMap<Long, ChainLink> links(State state, TenantId tenantId) {
        return state.chains.getOrDefault(tenantId, new TreeMap<>());
    }
}
