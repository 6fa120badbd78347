package dev.jeton.domain.token;

/** Why a token does not pass, in the order in which it is found out: the first that applies is the answer. */
public enum DenialReason {
    MALFORMED,
    NOT_FOUND,
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
