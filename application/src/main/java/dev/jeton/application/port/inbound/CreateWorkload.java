package dev.jeton.application.port.inbound;

import dev.jeton.domain.tenant.TenantId;
import dev.jeton.domain.text.WorkloadName;
import dev.jeton.domain.workload.WorkloadKind;
import org.jspecify.annotations.Nullable;

/**
 * Asks for a new workload.
 *
 * @param tenantId null: the caller's
 * @param retry null: a repeated call makes another one
 */
public record CreateWorkload(
        @Nullable TenantId tenantId,
        WorkloadName name,
        WorkloadKind kind,
        @Nullable RequestKey retry) {

    public CreateWorkload(@Nullable TenantId tenantId, WorkloadName name, WorkloadKind kind) {
        this(tenantId, name, kind, null);
    }
}
