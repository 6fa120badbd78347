package dev.jeton.application.port.outbound;

import dev.jeton.domain.tenant.TenantId;
import dev.jeton.domain.user.UserId;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Records creates by request id, so that a retry does not repeat them. See {@link Repositories} for its lifetime. */
public interface RequestLog {

    /**
     * Stores an entry unless the key has one that is not older than {@code expiredBefore}. Waits for a concurrent transaction with the same
     * key; if that rolls back, its entry never existed.
     *
     * @return the existing entry; empty if {@code entry} was stored
     */
    Optional<Entry> putIfAbsent(Key key, Entry entry, Instant expiredBefore);

    /**
     * Identifies a create.
     *
     * @param tenantId the caller's tenant
     * @param userId the caller
     * @param operation the RPC name
     */
    record Key(TenantId tenantId, UserId userId, String operation, UUID requestId) {}

    /**
     * The create done under a key.
     *
     * @param bodyDigest a digest of the request
     * @param resourceId the created resource
     */
    record Entry(String bodyDigest, UUID resourceId, Instant time) {}
}
