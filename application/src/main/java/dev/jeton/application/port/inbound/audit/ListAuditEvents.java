package dev.jeton.application.port.inbound.audit;

import dev.jeton.application.page.AuditFilter;
import dev.jeton.application.page.PageRequest;
import dev.jeton.domain.tenant.TenantId;
import org.jspecify.annotations.Nullable;

/**
 * Lists audit events.
 *
 * @param tenantId null: the caller's
 */
public record ListAuditEvents(@Nullable TenantId tenantId, AuditFilter filter, PageRequest page) {}
