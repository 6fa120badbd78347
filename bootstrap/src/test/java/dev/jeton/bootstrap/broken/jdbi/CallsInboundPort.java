package dev.jeton.bootstrap.broken.jdbi;

import dev.jeton.application.port.inbound.TenantAdministration;

/** Knows who uses it. */
public record CallsInboundPort(TenantAdministration port) {}
