package dev.jeton.domain.workload;

import dev.jeton.domain.resource.Revision;
import dev.jeton.domain.tenant.TenantId;
import dev.jeton.domain.text.WorkloadName;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A model, endpoint or service that tokens give access to. Immutable; a change returns a new instance, or this one if nothing differs.
 */
public record Workload(
        TenantId tenantId,
        WorkloadId id,
        WorkloadName name,
        WorkloadKind kind,
        WorkloadState state,
        Revision revision) {

    public static Workload create(TenantId tenantId, WorkloadId id, WorkloadName name, WorkloadKind kind, Instant now) {
        return new Workload(tenantId, id, name, kind, WorkloadState.ACTIVE, Revision.first(now));
    }

    /** Updates the given fields; null keeps the current value. */
    public Workload update(@Nullable WorkloadName newName, @Nullable WorkloadKind newKind, Instant now) {
        return revised(newName == null ? name : newName, newKind == null ? kind : newKind, state, now);
    }

    public Workload disable(Instant now) {
        return revised(name, kind, WorkloadState.DISABLED, now);
    }

    public Workload enable(Instant now) {
        return revised(name, kind, WorkloadState.ACTIVE, now);
    }

    private Workload revised(WorkloadName newName, WorkloadKind newKind, WorkloadState newState, Instant now) {
        return newName.equals(name) && newKind == kind && newState == state
                ? this
                : new Workload(tenantId, id, newName, newKind, newState, revision.next(now));
    }
}
