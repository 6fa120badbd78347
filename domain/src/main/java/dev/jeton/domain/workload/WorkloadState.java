package dev.jeton.domain.workload;

/** Whether any token passes for a workload. */
public enum WorkloadState {
    ACTIVE,
    DISABLED
}
