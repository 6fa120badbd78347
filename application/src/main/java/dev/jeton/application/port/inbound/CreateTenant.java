package dev.jeton.application.port.inbound;

import dev.jeton.domain.policy.TokenPolicy;
import dev.jeton.domain.text.TenantName;
import org.jspecify.annotations.Nullable;

/**
 * Asks for a new tenant.
 *
 * @param retry null: a repeated call makes another one
 */
public record CreateTenant(
        TenantName displayName,
        TokenPolicy policy,
        @Nullable RequestKey retry) {

    public CreateTenant(TenantName displayName, TokenPolicy policy) {
        this(displayName, policy, null);
    }
}
