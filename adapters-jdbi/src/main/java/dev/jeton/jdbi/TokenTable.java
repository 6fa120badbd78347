package dev.jeton.jdbi;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Weigher;
import dev.jeton.application.port.outbound.TokenLookup.Snapshot;
import dev.jeton.application.port.outbound.TokenLookup.TokenKey;
import dev.jeton.application.port.outbound.TokenLookup.WorkloadKey;
import dev.jeton.domain.tenant.TenantId;
import dev.jeton.domain.token.TokenFacts;
import dev.jeton.domain.token.TokenId;
import dev.jeton.domain.workload.WorkloadId;
import dev.jeton.domain.workload.WorkloadState;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What has been read for verdicts, kept for as long as it is known to be what the database would answer. For each tenant it says as of
 * which {@link Position} that is; whoever has asked the database for the tenant's position, and finds that one, need not ask for more. It
 * holds hashes, no secrets; never that something does not exist; and no more than a given number of bytes. Thread-safe, but only one thread
 * at a time may {@link #advance}. See docs/verification.md.
 */
final class TokenTable {
    /** Rough sizes in bytes of what is held for one of each, with its keys and the cache's own books. */
    private static final int TENANT_BYTES = 400;

    private static final int WORKLOAD_BYTES = 350;
    private static final int TOKEN_BYTES = 550;
    private static final int ID_BYTES = 100;
    private static final int SCOPE_BYTES = 120;

    private final Cache<TenantId, TenantEntries> tenants;
    private final Cache<TokenKey, HeldToken> tokens;
    private final Cache<WorkloadKey, HeldWorkload> workloads;

    /** @param maxBytes of which tokens get eight tenths */
    TokenTable(long maxBytes) {
        tenants = cache(maxBytes / 10, (tenantId, entries) -> TENANT_BYTES);
        workloads = cache(maxBytes / 10, (key, held) -> WORKLOAD_BYTES);
        tokens = cache(
                maxBytes / 10 * 8,
                (key, held) -> TOKEN_BYTES
                        + ID_BYTES * held.facts().workloadIds().size()
                        + SCOPE_BYTES * held.facts().scopes().values().size());
    }

    /** As of which position the tenant's entries are; null if none are held. */
    @Nullable Position applied(TenantId tenantId) {
        TenantEntries entries = tenants.getIfPresent(tenantId);
        return entries == null ? null : entries.applied();
    }

    /**
     * Brings the tenant's entries to the present, or forgets them.
     *
     * @param current the tenant's position; null: there is no such tenant
     * @param changes what is known to have happened between {@link #applied} and then, in order
     */
    void advance(TenantId tenantId, @Nullable Position current, List<Change> changes) {
        TenantEntries entries = tenants.getIfPresent(tenantId);
        if (current == null) {
            tenants.invalidate(tenantId);
        } else if (entries == null || !follow(tenantId, entries, current, changes)) {
            tenants.put(tenantId, new TenantEntries(current));
        }
    }

    /** False if the tenant must begin anew. */
    private boolean follow(TenantId tenantId, TenantEntries entries, Position current, List<Change> changes) {
        if (entries.applied().equals(current)) {
            return true;
        }
        synchronized (entries) {
            if (!Change.lead(entries.applied(), changes, current)) {
                return false;
            }
            for (Change change : changes) {
                if (change.everything() || !forget(tenantId, entries, change)) {
                    return false;
                }
            }
            entries.apply(current);
            return true;
        }
    }

    private boolean forget(TenantId tenantId, TenantEntries entries, Change change) {
        for (UUID id : change.tokenIds()) {
            tokens.invalidate(new TokenKey(tenantId, new TokenId(id)));
        }
        for (UUID id : change.workloadIds()) {
            workloads.invalidate(new WorkloadKey(tenantId, new WorkloadId(id)));
        }
        for (UUID id : change.userIds()) {
            if (!entries.userChanged(id, change.position().number())) {
                return false;
            }
        }
        return true;
    }

    /**
     * Holds what was read, as far as it is as of the position that its tenant's entries are as of.
     *
     * @param positions of the tenants, read by the same statement as {@code found}
     */
    void keep(Snapshot found, Map<TenantId, Position> positions) {
        found.tokens()
                .forEach((key, facts) -> keep(
                        key.tenantId(),
                        positions.get(key.tenantId()),
                        entries -> tokens.put(
                                key, new HeldToken(entries, entries.applied().number(), facts))));
        found.workloads()
                .forEach((key, state) -> keep(
                        key.tenantId(),
                        positions.get(key.tenantId()),
                        entries -> workloads.put(key, new HeldWorkload(entries, state))));
    }

    private void keep(TenantId tenantId, @Nullable Position readAt, Put put) {
        TenantEntries entries = tenants.getIfPresent(tenantId);
        if (entries == null) {
            return;
        }
        synchronized (entries) {
            if (entries.applied().equals(readAt)) {
                put.into(entries);
            }
        }
    }

    /** Null if it is not held. */
    @Nullable TokenFacts find(TokenKey key) {
        HeldToken held = tokens.getIfPresent(key);
        return held != null
                        && held.entries() == tenants.getIfPresent(key.tenantId())
                        && held.entries().isCurrent(held.facts().ownerId(), held.number())
                ? held.facts()
                : null;
    }

    /** Null if it is not held. */
    @Nullable WorkloadState find(WorkloadKey key) {
        HeldWorkload held = workloads.getIfPresent(key);
        return held != null && held.entries() == tenants.getIfPresent(key.tenantId()) ? held.state() : null;
    }

    private static <K, V> Cache<K, V> cache(long maxBytes, Weigher<K, V> weigher) {
        return Caffeine.newBuilder()
                .maximumWeight(maxBytes)
                .weigher(weigher)
                .executor(Runnable::run)
                .build();
    }

    private interface Put {
        void into(TenantEntries entries);
    }

    /** @param number of the position at which it was read */
    private record HeldToken(TenantEntries entries, long number, TokenFacts facts) {}

    private record HeldWorkload(TenantEntries entries, WorkloadState state) {}
}
