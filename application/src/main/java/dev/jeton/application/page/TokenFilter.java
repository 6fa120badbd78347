package dev.jeton.application.page;

import dev.jeton.domain.error.ErrorReason;
import dev.jeton.domain.error.InvalidArgument;
import dev.jeton.domain.text.TokenName;
import dev.jeton.domain.token.TokenStatus;
import dev.jeton.domain.user.UserId;
import dev.jeton.domain.workload.WorkloadId;
import java.text.Normalizer;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Selects tokens of a tenant. A token must match every field that is set.
 *
 * @param ownerId null: any owner
 * @param workloadId a workload the token is assigned to; null: any or none
 * @param unassigned true: only bound tokens without a workload
 * @param status the status at the time of the query; null: any
 * @param nameContains a case-sensitive substring of the name, at most {@link TokenName#MAX_LENGTH} characters, in Unicode NFC; empty: any
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

    /** @throws InvalidArgument as {@link #namePart} does */
    public TokenFilter {
        nameContains = namePart(nameContains);
    }

    /**
     * Returns a part of a name in NFC.
     *
     * @throws InvalidArgument with TOO_LONG, or INVALID_CHARACTER for U+0000, which PostgreSQL refuses
     */
    public static String namePart(String text) {
        if (text.codePointCount(0, text.length()) > TokenName.MAX_LENGTH) {
            throw new InvalidArgument(
                    ErrorReason.TOO_LONG, "must have at most %s characters".formatted(TokenName.MAX_LENGTH));
        }
        if (text.indexOf('\0') >= 0) {
            throw new InvalidArgument(ErrorReason.INVALID_CHARACTER, "must not contain the character U+0000");
        }
        return Normalizer.normalize(text, Normalizer.Form.NFC);
    }

    /** Returns a copy limited to the tokens of one user. */
    public TokenFilter ownedBy(UserId userId) {
        return new TokenFilter(userId, workloadId, unassigned, status, nameContains, expireBefore);
    }
}
