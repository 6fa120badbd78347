package dev.jeton.application.port.inbound.tenant;

import dev.jeton.application.port.inbound.RequestKey;
import dev.jeton.domain.policy.TokenPolicy;
import dev.jeton.domain.text.TenantName;
import org.jspecify.annotations.Nullable;

/**
 * Creates a tenant.
 *
 * @param requestKey null: a repeated call creates another one
 */
public record CreateTenant(
        TenantName displayName,
        TokenPolicy policy,
        @Nullable RequestKey requestKey) {}
