package dev.jeton.benchmark;

import dev.jeton.domain.tenant.TenantId;
import java.util.UUID;

/** Whom tokens are made for. */
record Owner(TenantId tenantId, UUID userId) {}
