package dev.jeton.application.port.outbound;

import dev.jeton.domain.tenant.TenantId;
import dev.jeton.domain.user.UserId;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Records creates by request id, so that a retry does not repeat them. See {@link Repositories} for its lifetime. */
public interface RequestLog {

    /**
     * Keeps others from claiming the key until the transaction ends. Waits, no later than the next lock or {@link #find}, for a concurrent
     * transaction with the same key; if that rolls back, its entry never existed. Commit only after {@link #put} or if an entry was found.
     */
    void claim(Key key);

    /** Returns the entry that a claimed key already has, however old. */
    Optional<Entry> find(Key key);

    /** Stores the entry of a claimed key, or replaces it. */
    void put(Key key, Entry entry);

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
