package dev.jeton.domain.audit;

/** The type of the resource that an audit event describes. */
public enum ResourceType {
    TENANT,
    USER,
    WORKLOAD,
    TOKEN
}
