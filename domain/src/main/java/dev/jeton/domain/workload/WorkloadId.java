package dev.jeton.domain.workload;

import java.util.UUID;

/** Identifies a workload. Sorts in the order of its text form. */
public record WorkloadId(UUID value) implements Comparable<WorkloadId> {

    @Override
    public int compareTo(WorkloadId other) {
        int high = Long.compareUnsigned(value.getMostSignificantBits(), other.value.getMostSignificantBits());
        return high != 0
                ? high
                : Long.compareUnsigned(value.getLeastSignificantBits(), other.value.getLeastSignificantBits());
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
