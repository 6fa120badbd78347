package dev.jeton.application.port.inbound;

import dev.jeton.domain.policy.TokenPolicy;
import dev.jeton.domain.text.TenantName;

/**
 * Asks for a new tenant.
 */
public record CreateTenant(TenantName displayName, TokenPolicy policy) {}
