package dev.jeton.application.port.inbound;

import dev.jeton.application.page.PageRequest;
import dev.jeton.application.page.TokenFilter;
import dev.jeton.domain.tenant.TenantId;
import org.jspecify.annotations.Nullable;

/**
 * Asks for tokens.
 *
 * @param tenantId null: the tenant of the owner or the workload in {@code filter}, or else the caller's
 */
public record ListTokens(@Nullable TenantId tenantId, TokenFilter filter, PageRequest page) {}
