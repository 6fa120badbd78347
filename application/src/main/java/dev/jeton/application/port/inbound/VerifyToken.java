package dev.jeton.application.port.inbound;

import dev.jeton.domain.scope.Scopes;
import dev.jeton.domain.tenant.TenantId;
import dev.jeton.domain.token.PresentedToken;
import dev.jeton.domain.workload.WorkloadId;
import org.jspecify.annotations.Nullable;

/**
 * Asks for one presented secret to be judged; what is null or empty is not checked.
 *
 * @param presented null if what was presented is malformed
 * @param tenantId the tenant it must belong to; null: the caller's, or any for callers of the system tenant
 */
public record VerifyToken(
        @Nullable PresentedToken presented,
        @Nullable TenantId tenantId,
        @Nullable WorkloadId workloadId,
        Scopes scopes) {}
