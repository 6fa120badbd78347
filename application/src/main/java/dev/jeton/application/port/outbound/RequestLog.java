package dev.jeton.application.port.outbound;

import dev.jeton.domain.tenant.TenantId;
import dev.jeton.domain.user.UserId;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Which creates were done already, so that a retry does not do them again. See {@link Repositories} for its validity. */
public interface RequestLog {

    /**
     * Remembers a create, unless one with the same key is remembered since {@code entry.time() - retention}. One that is being done at the
     * same time is waited for: if it fails it was never there.
     *
     * @return the one remembered before; empty if this one is now
     */
    Optional<Entry> remember(Key key, Entry entry, Instant forgottenBefore);

    /**
     * @param tenantId the caller's
     * @param operation the create's name
     */
    record Key(TenantId tenantId, UserId userId, String operation, UUID requestId) {}

    /**
     * @param bodyDigest of the request; another request has another
     * @param resourceId what the create makes
     */
    record Entry(String bodyDigest, UUID resourceId, Instant time) {}
}
