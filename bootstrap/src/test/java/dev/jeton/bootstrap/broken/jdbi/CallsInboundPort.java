package dev.jeton.bootstrap.broken.jdbi;

import dev.jeton.application.port.inbound.tenant.TenantAdministration;

/** Knows who uses it. */
public record CallsInboundPort(TenantAdministration port) {}
