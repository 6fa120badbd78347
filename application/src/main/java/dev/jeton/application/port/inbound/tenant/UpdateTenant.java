package dev.jeton.application.port.inbound.tenant;

import dev.jeton.domain.policy.PolicyChange;
import dev.jeton.domain.resource.Etag;
import dev.jeton.domain.tenant.TenantId;
import dev.jeton.domain.text.TenantName;
import org.jspecify.annotations.Nullable;

/**
 * Updates a tenant.
 *
 * @param displayName null: kept
 * @param policy {@link PolicyChange#NONE}: kept
 * @param etag null: no check
 */
public record UpdateTenant(
        TenantId tenantId,
        @Nullable TenantName displayName,
        PolicyChange policy,
        @Nullable Etag etag) {}
