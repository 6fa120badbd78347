package dev.jeton.application.page;

import dev.jeton.domain.token.TokenStatus;
import dev.jeton.domain.user.UserId;
import dev.jeton.domain.workload.WorkloadId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which of a tenant's tokens are wanted; all that is set must match.
 *
 * @param ownerId null: anybody's
 * @param workloadId assigned to this one; null: to any or none
 * @param unassigned only those that are bound to workloads and have none
 * @param status as it is at the time of the look; null: any
 * @param nameContains this text, exactly; empty: any name
 * @param expireBefore expiring strictly before; null: at any time or never
 */
public record TokenFilter(
        @Nullable UserId ownerId,
        @Nullable WorkloadId workloadId,
        boolean unassigned,
        @Nullable TokenStatus status,
        String nameContains,
        @Nullable Instant expireBefore) {
    public static final TokenFilter ALL = new TokenFilter(null, null, false, null, "", null);

    /** The same, but only this user's. */
    public TokenFilter ownedBy(UserId userId) {
        return new TokenFilter(userId, workloadId, unassigned, status, nameContains, expireBefore);
    }
}
