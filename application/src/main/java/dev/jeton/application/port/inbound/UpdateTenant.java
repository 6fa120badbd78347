package dev.jeton.application.port.inbound;

import dev.jeton.domain.policy.TokenPolicy;
import dev.jeton.domain.resource.Etag;
import dev.jeton.domain.tenant.TenantId;
import dev.jeton.domain.text.TenantName;
import org.jspecify.annotations.Nullable;

/**
 * Asks for changes to a tenant; null keeps what there is.
 *
 * @param etag null: whatever is current
 */
public record UpdateTenant(
        TenantId tenantId,
        @Nullable TenantName displayName,
        @Nullable TokenPolicy policy,
        @Nullable Etag etag) {}
