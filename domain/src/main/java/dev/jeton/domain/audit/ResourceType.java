package dev.jeton.domain.audit;

/** What an audit event is about. */
public enum ResourceType {
    TENANT,
    USER,
    WORKLOAD,
    TOKEN
}
