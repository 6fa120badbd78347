package dev.jeton.domain.token;

import dev.jeton.domain.scope.Scopes;
import dev.jeton.domain.tenant.TenantId;
import dev.jeton.domain.workload.WorkloadId;
import org.jspecify.annotations.Nullable;

/**
 * What a token must satisfy to be accepted.
 *
 * @param tenantId the tenant it must belong to; null: any
 * @param workloadId the workload it must be accepted for; null: not checked
 * @param scopes the scopes it must all have; empty: not checked
 */
public record VerificationDemand(
        @Nullable TenantId tenantId, @Nullable WorkloadId workloadId, Scopes scopes) {
    public static final VerificationDemand NONE = new VerificationDemand(null, null, Scopes.NONE);
}
