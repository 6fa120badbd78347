package dev.jeton.application.port.inbound.token;

import dev.jeton.application.page.PageRequest;
import dev.jeton.application.page.TokenFilter;
import dev.jeton.domain.tenant.TenantId;
import org.jspecify.annotations.Nullable;

/**
 * Lists tokens.
 *
 * @param tenantId null: the tenant of the owner or workload in {@code filter}, or the caller's if there is neither
 */
public record ListTokens(@Nullable TenantId tenantId, TokenFilter filter, PageRequest page) {}
