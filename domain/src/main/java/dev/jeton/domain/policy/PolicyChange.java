package dev.jeton.domain.policy;

import dev.jeton.domain.error.InvalidArgument;
import dev.jeton.domain.scope.Scopes;
import org.jspecify.annotations.Nullable;

/**
 * Parts of a token policy that replace those of another one. Null keeps a part, so that a caller cannot drop a rule that it does not know.
 * Whether they agree with the kept parts is decided by {@link TokenPolicy#with}.
 *
 * @param maxTokensPerUser 0: no limit
 */
public record PolicyChange(
        @Nullable NameRule nameRule,
        @Nullable ExpiryRule expiryRule,
        @Nullable WorkloadRule workloadRule,
        @Nullable Scopes allowedScopes,
        @Nullable Scopes defaultScopes,
        @Nullable Integer maxTokensPerUser) {
    public static final PolicyChange NONE = new PolicyChange(null, null, null, null, null, null);

    /** @throws InvalidArgument if no policy can have these parts */
    public PolicyChange {
        TokenPolicy.check(allowedScopes, defaultScopes, maxTokensPerUser);
    }

    /** Returns the change of every part to that of {@code policy}. */
    public static PolicyChange to(TokenPolicy policy) {
        return new PolicyChange(
                policy.nameRule(),
                policy.expiryRule(),
                policy.workloadRule(),
                policy.allowedScopes(),
                policy.defaultScopes(),
                policy.maxTokensPerUser());
    }
}
