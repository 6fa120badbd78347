package dev.jeton.domain.workload;

import java.util.UUID;

/** Identifies a workload. Ordered as its text is. */
public record WorkloadId(UUID value) implements Comparable<WorkloadId> {

    @Override
    public int compareTo(WorkloadId other) {
        return value.toString().compareTo(other.value.toString());
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
