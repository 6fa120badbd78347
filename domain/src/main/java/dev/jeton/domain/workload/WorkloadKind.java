package dev.jeton.domain.workload;

/** What a workload is; all kinds are treated alike. */
public enum WorkloadKind {
    MODEL,
    ENDPOINT,
    SERVICE
}
