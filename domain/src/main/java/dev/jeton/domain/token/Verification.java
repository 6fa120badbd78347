package dev.jeton.domain.token;

import dev.jeton.domain.tenant.TenantState;
import dev.jeton.domain.user.UserState;
import dev.jeton.domain.workload.WorkloadState;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What came of verifying a token. */
public sealed interface Verification {

    /** It passes. */
    record Allowed(TokenFacts token) implements Verification {}

    /**
     * It does not.
     *
     * @param reason the first that applies
     * @param token null if the caller must not learn anything: MALFORMED and NOT_FOUND
     */
    record Denied(DenialReason reason, @Nullable TokenFacts token) implements Verification {}

    static Verification malformed() {
        return new Denied(DenialReason.MALFORMED, null);
    }

    /**
     * Judges a presented token. A pure function of what it is given. SECRET_KEY_MISSING if the hasher cannot tell.
     *
     * @param facts what is stored under the ids that the token names; empty if nothing is
     * @param workload the state of the workload that is demanded, in the token's tenant; empty if it has none such
     * @param now the instant to judge by; the facts are as of then
     */
    static Verification judge(
            PresentedToken presented,
            VerificationDemand demand,
            Optional<TokenFacts> facts,
            Optional<WorkloadState> workload,
            SecretHasher hasher,
            Instant now) {
        if (facts.isEmpty()) {
            return new Denied(DenialReason.NOT_FOUND, null);
        }
        TokenFacts token = facts.get();
        // The tenant first: whether the hash of a foreign token can be judged here is nothing to be seen either.
        if (demand.tenantId() != null && !demand.tenantId().equals(token.tenantId())
                || !hasher.matches(presented, token.digest())) {
            return new Denied(DenialReason.NOT_FOUND, null);
        }
        DenialReason reason = firstDenial(token, demand, workload, now);
        return reason == null ? new Allowed(token) : new Denied(reason, token);
    }

    private static @Nullable DenialReason firstDenial(
            TokenFacts token, VerificationDemand demand, Optional<WorkloadState> workload, Instant now) {
        if (token.tenantState() != TenantState.ACTIVE) {
            return DenialReason.TENANT_SUSPENDED;
        }
        if (token.ownerState() != UserState.ACTIVE) {
            return DenialReason.USER_DISABLED;
        }
        if (token.cancelled()) {
            return DenialReason.CANCELLED;
        }
        if (token.expiry().hasCome(now)) {
            return DenialReason.EXPIRED;
        }
        if (token.workloadRequired()
                && !token.tenantWide()
                && token.workloadIds().isEmpty()) {
            return DenialReason.UNASSIGNED;
        }
        if (demand.workloadId() != null) {
            if (workload.isEmpty()) {
                return DenialReason.WORKLOAD_NOT_FOUND;
            }
            if (workload.get() != WorkloadState.ACTIVE) {
                return DenialReason.WORKLOAD_DISABLED;
            }
            if (!token.tenantWide() && !token.workloadIds().contains(demand.workloadId())) {
                return DenialReason.WORKLOAD_NOT_ALLOWED;
            }
        }
        return token.scopes().containsAll(demand.scopes()) ? null : DenialReason.SCOPE_NOT_GRANTED;
    }
}
