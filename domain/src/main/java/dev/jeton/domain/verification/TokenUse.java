package dev.jeton.domain.verification;

import dev.jeton.domain.tenant.TenantState;
import dev.jeton.domain.user.UserState;
import dev.jeton.domain.workload.WorkloadState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One use of a token whose secret matched: everything that the verdict depends on.
 *
 * @param workload the state of the demanded workload; null if none is demanded, or if the token's tenant has no such workload
 * @param time the instant at which {@code facts} and {@code workload} were read
 */
record TokenUse(
        TokenFacts facts,
        VerificationDemand demand,
        @Nullable WorkloadState workload,
        Instant time) {
    private static final DenialReason[] CHECKS = DenialReason.values();

    Verification verdict() {
        return verdict(CHECKS);
    }

    /** Visible for tests. */
    Verification verdict(DenialReason... checks) {
        for (DenialReason check : checks) {
            if (isDeniedBy(check)) {
                return new Verification.Denied(facts.token(), check);
            }
        }
        return new Verification.Allowed(facts.token());
    }

    /** Whether the reason applies, regardless of others. */
    private boolean isDeniedBy(DenialReason check) {
        VerifiedToken token = facts.token();
        return switch (check) {
            case TENANT_SUSPENDED -> facts.tenantState() != TenantState.ACTIVE;
            case USER_DISABLED -> facts.ownerState() != UserState.ACTIVE;
            case CANCELLED -> facts.cancelled();
            case EXPIRED -> token.expiry().hasPassed(time);
            case UNASSIGNED ->
                demand.assignment()
                        && facts.workloadRequired()
                        && !token.tenantWide()
                        && token.workloadIds().isEmpty();
            case WORKLOAD_NOT_FOUND -> demand.workloadId() != null && workload == null;
            case WORKLOAD_DISABLED -> demand.workloadId() != null && workload != WorkloadState.ACTIVE;
            case WORKLOAD_NOT_ALLOWED ->
                demand.workloadId() != null
                        && !token.tenantWide()
                        && !token.workloadIds().contains(demand.workloadId());
            case SCOPE_NOT_GRANTED -> !token.scopes().containsAll(demand.scopes());
        };
    }
}
