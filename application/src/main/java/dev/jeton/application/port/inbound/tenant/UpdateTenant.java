package dev.jeton.application.port.inbound.tenant;

import dev.jeton.domain.policy.TokenPolicy;
import dev.jeton.domain.resource.Etag;
import dev.jeton.domain.tenant.TenantId;
import dev.jeton.domain.text.TenantName;
import org.jspecify.annotations.Nullable;

/**
 * Updates a tenant; null keeps the current value.
 *
 * @param etag null: no check
 */
public record UpdateTenant(
        TenantId tenantId,
        @Nullable TenantName displayName,
        @Nullable TokenPolicy policy,
        @Nullable Etag etag) {}
