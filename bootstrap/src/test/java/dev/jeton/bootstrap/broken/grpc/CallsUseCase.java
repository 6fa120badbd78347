package dev.jeton.bootstrap.broken.grpc;

import dev.jeton.application.tenant.TenantUseCases;

/** Depends on a use-case class instead of its port. */
public record CallsUseCase(TenantUseCases useCases) {}
