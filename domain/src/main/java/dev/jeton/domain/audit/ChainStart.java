package dev.jeton.domain.audit;

import dev.jeton.domain.tenant.TenantId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where a tenant's chain starts: after the events that were purged.
 *
 * @param checkpoint at the last purged link; empty if nothing was purged
 * @param purgedUntil the time of the newest purged event; null if nothing was purged
 */
public record ChainStart(
        ChainCheckpoint checkpoint, @Nullable Instant purgedUntil) {

    /** Returns the start of a chain of which nothing was purged. */
    public static ChainStart complete(TenantId tenantId) {
        return new ChainStart(ChainCheckpoint.empty(tenantId), null);
    }
}
