package dev.jeton.application.page;

import dev.jeton.domain.token.TokenStatus;
import dev.jeton.domain.user.UserId;
import dev.jeton.domain.workload.WorkloadId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Selects tokens of a tenant. A token must match every field that is set.
 *
 * @param ownerId null: any owner
 * @param workloadId a workload the token is assigned to; null: any or none
 * @param unassigned true: only bound tokens without a workload
 * @param status the status at the time of the query; null: any
 * @param nameContains a case-sensitive substring of the name; empty: any
 * @param expireBefore exclusive; null: any expiry or never
 */
public record TokenFilter(
        @Nullable UserId ownerId,
        @Nullable WorkloadId workloadId,
        boolean unassigned,
        @Nullable TokenStatus status,
        String nameContains,
        @Nullable Instant expireBefore) {
    public static final TokenFilter ALL = new TokenFilter(null, null, false, null, "", null);

    /** Returns a copy limited to the tokens of one user. */
    public TokenFilter ownedBy(UserId userId) {
        return new TokenFilter(userId, workloadId, unassigned, status, nameContains, expireBefore);
    }
}
