package dev.jeton.bootstrap.broken.grpc.token;

import dev.jeton.bootstrap.broken.grpc.tenant.Tenants;

/** A feature that depends on another one. */
public record DependsOnTenant(Tenants tenants) {}
