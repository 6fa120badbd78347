package dev.jeton.application.port.inbound.workload;

import dev.jeton.application.port.inbound.RequestKey;
import dev.jeton.domain.tenant.TenantId;
import dev.jeton.domain.text.WorkloadName;
import dev.jeton.domain.workload.WorkloadKind;
import org.jspecify.annotations.Nullable;

/**
 * Creates a workload.
 *
 * @param tenantId null: the caller's
 * @param requestKey null: a repeated call creates another one
 */
public record CreateWorkload(
        @Nullable TenantId tenantId,
        WorkloadName name,
        WorkloadKind kind,
        @Nullable RequestKey requestKey) {}
