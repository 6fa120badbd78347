package dev.jeton.domain.verification;

/** Why a token is denied. Every verification checks these in this order, and the first that applies is the verdict. */
public enum DenialReason {
    TENANT_SUSPENDED,
    USER_DISABLED,
    CANCELLED,
    EXPIRED,
    UNASSIGNED,
    WORKLOAD_NOT_FOUND,
    WORKLOAD_DISABLED,
    WORKLOAD_NOT_ALLOWED,
    SCOPE_NOT_GRANTED
}
