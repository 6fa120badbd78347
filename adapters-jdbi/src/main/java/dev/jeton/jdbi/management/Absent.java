package dev.jeton.jdbi.management;

import dev.jeton.domain.error.ErrorReason;
import dev.jeton.domain.error.NotFound;
import dev.jeton.domain.tenant.TenantId;
import dev.jeton.domain.user.UserId;
import dev.jeton.domain.workload.WorkloadId;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;

/** The errors of a write that refers to a row that is gone. */
final class Absent {
    private Absent() {}

    static NotFound tenant(TenantId id) {
        return new NotFound(
                ErrorReason.TENANT_NOT_FOUND,
                "Tenant %s does not exist.".formatted(id),
                Map.of("tenant_id", id.toString()));
    }

    static NotFound user(UserId id) {
        return new NotFound(
                ErrorReason.USER_NOT_FOUND, "User %s does not exist.".formatted(id), Map.of("user_id", id.toString()));
    }

    static NotFound workload(Collection<WorkloadId> ids) {
        String listed = ids.stream().map(WorkloadId::toString).collect(Collectors.joining(", "));
        return new NotFound(
                ErrorReason.WORKLOAD_NOT_FOUND,
                "At least one of these workloads does not exist: %s.".formatted(listed),
                Map.of("workload_ids", listed));
    }
}
