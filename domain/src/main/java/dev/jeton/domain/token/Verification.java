package dev.jeton.domain.token;

import dev.jeton.domain.tenant.TenantState;
import dev.jeton.domain.user.UserState;
import dev.jeton.domain.workload.WorkloadState;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The result of verifying a token. */
public sealed interface Verification {

    /** The token is accepted. */
    record Allowed(TokenFacts token) implements Verification {}

    /**
     * The token is denied.
     *
     * @param reason the first that applies
     * @param token null for MALFORMED and NOT_FOUND, which reveal nothing about a token
     */
    record Denied(DenialReason reason, @Nullable TokenFacts token) implements Verification {}

    static Verification malformed() {
        return new Denied(DenialReason.MALFORMED, null);
    }

    /**
     * Verifies a presented token. A pure function of its arguments.
     *
     * @param facts the stored token with the ids in {@code presented}; empty if there is none
     * @param workload the state of the demanded workload; empty if the token's tenant has no such workload
     * @param now the instant at which {@code facts} and {@code workload} were read
     * @throws dev.jeton.domain.error.Unavailable with SECRET_KEY_MISSING if the hasher lacks the key of the stored digest
     */
    static Verification evaluate(
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
        // Check the tenant first, so that a missing key reveals nothing about another tenant's token.
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
        if (token.expiry().hasPassed(now)) {
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
