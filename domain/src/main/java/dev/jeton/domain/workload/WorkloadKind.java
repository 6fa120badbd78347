package dev.jeton.domain.workload;

/** The kind of a workload. Informational: all kinds are treated the same. */
public enum WorkloadKind {
    MODEL,
    ENDPOINT,
    SERVICE
}
