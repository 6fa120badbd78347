package dev.jeton.domain.verification;

import dev.jeton.domain.scope.Scopes;
import dev.jeton.domain.tenant.TenantId;
import dev.jeton.domain.workload.WorkloadId;
import org.jspecify.annotations.Nullable;

/**
 * What a token must satisfy to be accepted, besides being valid.
 *
 * @param tenantId the tenant it must belong to; null: any
 * @param assignment whether it must be assigned to a workload if its tenant's policy requires that for use
 * @param workloadId the workload it must be accepted for; null: not checked
 * @param scopes the scopes it must all have; empty: not checked
 */
public record VerificationDemand(
        @Nullable TenantId tenantId,
        boolean assignment,
        @Nullable WorkloadId workloadId,
        Scopes scopes) {

    /** The demand on a caller's own token, which is used for Jeton itself and so for no workload. */
    public static final VerificationDemand OF_CALLERS = new VerificationDemand(null, false, null, Scopes.NONE);

    /** Returns the demand on a presented token. */
    public static VerificationDemand of(@Nullable TenantId tenantId, @Nullable WorkloadId workloadId, Scopes scopes) {
        return new VerificationDemand(tenantId, true, workloadId, scopes);
    }

    boolean concerns(TenantId tokensTenantId) {
        return tenantId == null || tenantId.equals(tokensTenantId);
    }
}
