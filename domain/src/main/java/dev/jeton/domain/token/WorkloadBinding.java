package dev.jeton.domain.token;

import dev.jeton.domain.error.InvalidArgument;
import dev.jeton.domain.error.Violations;
import dev.jeton.domain.policy.WorkloadRule;
import dev.jeton.domain.workload.WorkloadId;
import java.util.Collection;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/** Which workloads of its tenant a token is accepted for. Set at creation; a tenant-wide token is never bound later, nor the reverse. */
public sealed interface WorkloadBinding {
    /** Returns the assigned workloads, sorted; empty for a tenant-wide token. */
    SortedSet<WorkloadId> workloadIds();

    /** Accepted for every workload. */
    record TenantWide() implements WorkloadBinding {
        @Override
        public SortedSet<WorkloadId> workloadIds() {
            return Collections.emptySortedSet();
        }
    }

    /**
     * Accepted for the assigned workloads only.
     *
     * @param workloadIds sorted; at most {@link WorkloadRule#MAX_WORKLOADS}; may be empty
     */
    record Bound(SortedSet<WorkloadId> workloadIds) implements WorkloadBinding {

        /** @throws InvalidArgument with TOO_MANY */
        public Bound {
            workloadIds = Collections.unmodifiableSortedSet(new TreeSet<>((Collection<WorkloadId>) workloadIds));
            Violations violations = new Violations();
            WorkloadRule.checkLimit(workloadIds.size(), violations);
            violations.throwIfAny();
        }

        public static Bound to(Collection<WorkloadId> workloadIds) {
            return new Bound(new TreeSet<>(workloadIds));
        }
    }
}
