package dev.jeton.domain.token;

/** The status of a token, regardless of its owner, tenant and workloads. Computed, never stored. */
public enum TokenStatus {
    ACTIVE,
    /** Takes precedence over EXPIRED. */
    CANCELLED,
    EXPIRED
}
