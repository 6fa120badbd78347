package dev.jeton.domain.token;

import dev.jeton.domain.error.ErrorReason;
import dev.jeton.domain.error.QuotaExceeded;
import dev.jeton.domain.policy.TokenPolicy;
import dev.jeton.domain.user.UserId;
import java.util.Map;

/** Enforces {@link TokenPolicy#maxTokensPerUser()}. */
public final class TokenQuota {
    private TokenQuota() {}

    /**
     * @param owned the number of tokens that the user has
     * @throws QuotaExceeded with TOKEN_QUOTA_EXCEEDED if the user may not have another
     */
    public static void require(TokenPolicy policy, UserId ownerId, int owned) {
        int max = policy.maxTokensPerUser();
        if (max > 0 && owned >= max) {
            throw new QuotaExceeded(
                    ErrorReason.TOKEN_QUOTA_EXCEEDED,
                    "User %s owns as many tokens as the tenant's policy allows, %s; delete one before creating another."
                            .formatted(ownerId, max),
                    Map.of("user_id", ownerId.toString(), "max_tokens_per_user", Integer.toString(max)));
        }
    }
}
