package dev.jeton.jdbi.verification;

import dev.jeton.application.port.outbound.TokenLookup.Snapshot;
import dev.jeton.application.port.outbound.TokenLookup.TokenKey;
import dev.jeton.application.port.outbound.TokenLookup.WorkloadKey;
import dev.jeton.domain.tenant.TenantId;
import dev.jeton.domain.verification.TokenFacts;
import dev.jeton.domain.workload.WorkloadState;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Caches what verdicts depend on. For each tenant it knows the {@link Position} that the cached entries reflect; they are current if the
 * database still has that position. Caches hashes but no secrets, and never absence. Limited to a number of bytes. Thread-safe, but only one
 * thread at a time may {@link #advance}. See docs/verification.md.
 */
final class TokenTable {
    private final BoundedMap<TenantId, TenantEntries> tenants;

    /**
     * By id alone: ids are practically unique and faster to compare than keys. Two tenants with the same id would evict each other's entry, since
     * an entry belongs to one {@link TenantEntries}.
     */
    private final BoundedMap<UUID, HeldWorkload> workloads;

    private final BoundedMap<UUID, HeldToken> tokens;

    /** @param maxBytes tokens get eight tenths */
    TokenTable(long maxBytes) {
        tenants = new BoundedMap<>(maxBytes / 10);
        workloads = new BoundedMap<>(maxBytes / 10);
        tokens = new BoundedMap<>(maxBytes / 10 * 8);
    }

    /** Returns the position that the tenant's entries reflect; null if the tenant is not cached. */
    @Nullable Position applied(TenantId tenantId) {
        TenantEntries entries = tenants.get(tenantId);
        return entries == null ? null : entries.applied();
    }

    /**
     * Brings the tenant's entries up to date, or drops them.
     *
     * @param current the tenant's position; null if the tenant does not exist
     * @param changes those between {@link #applied} and {@code current} that are known, in order
     */
    void advance(TenantId tenantId, @Nullable Position current, List<Change> changes) {
        TenantEntries entries = tenants.get(tenantId);
        if (current == null) {
            tenants.remove(tenantId);
        } else if (entries == null || !follow(entries, current, changes)) {
            tenants.put(tenantId, new TenantEntries(current));
        } else {
            tenants.resized(tenantId, entries);
        }
    }

    /** Returns false if the tenant must start over. */
    private boolean follow(TenantEntries entries, Position current, List<Change> changes) {
        if (entries.applied().equals(current)) {
            return true;
        }
        synchronized (entries) {
            if (!Change.lead(entries.applied(), changes, current)) {
                return false;
            }
            for (Change change : changes) {
                if (change.everything() || !invalidate(entries, change)) {
                    return false;
                }
            }
            entries.apply(current);
            return true;
        }
    }

    private boolean invalidate(TenantEntries entries, Change change) {
        for (UUID id : change.tokenIds()) {
            tokens.remove(id);
        }
        for (UUID id : change.workloadIds()) {
            workloads.remove(id);
        }
        for (UUID id : change.userIds()) {
            if (!entries.userChanged(id, change.position().number())) {
                return false;
            }
        }
        return true;
    }

    /**
     * Caches what was read, if it was read at the position that its tenant's entries reflect.
     *
     * @param positions of the tenants, from the same snapshot as {@code found}
     */
    void keep(Snapshot found, Map<TenantId, Position> positions) {
        found.tokens()
                .forEach((key, facts) -> keep(
                        key.tenantId(),
                        positions.get(key.tenantId()),
                        entries -> tokens.put(
                                facts.token().tokenId().value(),
                                new HeldToken(entries, entries.applied().number(), facts))));
        found.workloads()
                .forEach((key, state) -> keep(
                        key.tenantId(),
                        positions.get(key.tenantId()),
                        entries -> workloads.put(key.workloadId().value(), new HeldWorkload(entries, state))));
    }

    private void keep(TenantId tenantId, @Nullable Position readAt, Put put) {
        TenantEntries entries = tenants.get(tenantId);
        if (entries == null) {
            return;
        }
        synchronized (entries) {
            if (entries.applied().equals(readAt)) {
                put.into(entries);
            }
        }
    }

    /** Null on a miss. */
    @Nullable TokenFacts find(TokenKey key) {
        HeldToken held = tokens.get(key.tokenId().value());
        return held != null && held.isCurrent(tenants.get(key.tenantId())) ? held.facts : null;
    }

    /** Null on a miss. */
    @Nullable WorkloadState find(WorkloadKey key) {
        HeldWorkload held = workloads.get(key.workloadId().value());
        return held != null && held.entries == tenants.get(key.tenantId()) ? held.state : null;
    }

    private interface Put {
        void into(TenantEntries entries);
    }

    private static final class HeldToken extends BoundedMap.Held {
        private static final int BYTES = 500;
        private static final int BYTES_PER_WORKLOAD = 100;
        private static final int BYTES_PER_SCOPE = 130;

        private final TenantEntries entries;
        private final long number;
        private final TokenFacts facts;

        /** @param number the number of the position at which it was read */
        HeldToken(TenantEntries entries, long number, TokenFacts facts) {
            this.entries = entries;
            this.number = number;
            this.facts = facts;
        }

        boolean isCurrent(@Nullable TenantEntries current) {
            return entries == current && entries.isCurrent(facts.token().ownerId(), number);
        }

        @Override
        int bytes() {
            return BYTES
                    + BYTES_PER_WORKLOAD * facts.token().workloadIds().size()
                    + BYTES_PER_SCOPE * facts.token().scopes().values().size();
        }
    }

    private static final class HeldWorkload extends BoundedMap.Held {
        private static final int BYTES = 250;

        private final TenantEntries entries;
        private final WorkloadState state;

        HeldWorkload(TenantEntries entries, WorkloadState state) {
            this.entries = entries;
            this.state = state;
        }

        @Override
        int bytes() {
            return BYTES;
        }
    }
}
