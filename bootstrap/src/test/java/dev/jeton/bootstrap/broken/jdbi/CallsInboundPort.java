package dev.jeton.bootstrap.broken.jdbi;

import dev.jeton.application.port.inbound.tenant.TenantAdministration;

/** Depends on an inbound port. */
public record CallsInboundPort(TenantAdministration port) {}
