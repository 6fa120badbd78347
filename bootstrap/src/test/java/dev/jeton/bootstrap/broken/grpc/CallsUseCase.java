package dev.jeton.bootstrap.broken.grpc;

import dev.jeton.application.tenant.TenantUseCases;

/** Knows the class behind a port. */
public record CallsUseCase(TenantUseCases useCases) {}
