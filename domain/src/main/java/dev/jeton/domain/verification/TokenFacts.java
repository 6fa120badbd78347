package dev.jeton.domain.verification;

import dev.jeton.domain.error.Unavailable;
import dev.jeton.domain.tenant.TenantState;
import dev.jeton.domain.token.PresentedToken;
import dev.jeton.domain.token.SecretHasher;
import dev.jeton.domain.user.UserState;
import dev.jeton.domain.workload.WorkloadState;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The stored state that a verification depends on: the token, its owner and its tenant, all read at one instant.
 *
 * @param secrets those that the token is accepted with; few, usually one
 * @param workloadRequired {@link dev.jeton.domain.policy.WorkloadRule#requiredForUse()} of the tenant's current policy
 */
public record TokenFacts(
        VerifiedToken token,
        List<LiveSecret> secrets,
        TenantState tenantState,
        boolean workloadRequired,
        UserState ownerState,
        boolean cancelled) {

    /**
     * Returns which of the secrets was presented; null if none, or if the token is of another tenant than demanded.
     *
     * @throws Unavailable with SECRET_KEY_MISSING if no other secret matches and the hasher lacks the key of one
     */
    public @Nullable LiveSecret match(
            PresentedToken presented, VerificationDemand demand, SecretHasher hasher, Instant now) {
        // Check the tenant first, so that a missing key reveals nothing about another tenant's token.
        if (!demand.concerns(token.tenantId())) {
            return null;
        }
        Unavailable missingKey = null;
        for (LiveSecret secret : secrets) {
            try {
                if (!secret.notAfter().hasPassed(now) && hasher.matches(presented, secret.digest())) {
                    return secret;
                }
            } catch (Unavailable missing) {
                missingKey = missing;
            }
        }
        if (missingKey != null) {
            throw missingKey;
        }
        return null;
    }

    /**
     * Verifies the token, one of whose secrets {@link #match matched}. A pure function of its arguments.
     *
     * @param workload the state of the demanded workload; null if none is demanded, or if the token's tenant has no such workload
     * @param now the instant at which these facts and {@code workload} were read
     * @return {@link Verification.Allowed} or {@link Verification.Denied}
     */
    public Verification verify(VerificationDemand demand, @Nullable WorkloadState workload, Instant now) {
        return new TokenUse(this, demand, workload, now).verdict();
    }
}
