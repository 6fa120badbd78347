package dev.jeton.domain.workload;

/** Whether tokens can be used for a workload. */
public enum WorkloadState {
    ACTIVE,
    DISABLED
}
