package dev.jeton.application.port.inbound.verification;

import dev.jeton.domain.scope.Scopes;
import dev.jeton.domain.tenant.TenantId;
import dev.jeton.domain.token.PresentedToken;
import dev.jeton.domain.workload.WorkloadId;
import org.jspecify.annotations.Nullable;

/**
 * Verifies one presented secret; a null or empty demand is not checked.
 *
 * @param presented null if the secret is malformed
 * @param tenantId the tenant it must belong to; null: the caller's, or any if the caller is in the system tenant
 */
public record VerifyToken(
        @Nullable PresentedToken presented,
        @Nullable TenantId tenantId,
        @Nullable WorkloadId workloadId,
        Scopes scopes) {}
