package dev.jeton.application.port.inbound;

import dev.jeton.domain.tenant.TenantId;
import dev.jeton.domain.text.WorkloadName;
import dev.jeton.domain.workload.WorkloadKind;
import org.jspecify.annotations.Nullable;

/**
 * Asks for a new workload.
 *
 * @param tenantId null: the caller's
 */
public record CreateWorkload(@Nullable TenantId tenantId, WorkloadName name, WorkloadKind kind) {}
