package dev.jeton.domain.token;

/** Whether a token can pass, as far as the token itself is concerned; computed, never stored. */
public enum TokenStatus {
    ACTIVE,
    /** Whether or not it has expired too. */
    CANCELLED,
    EXPIRED
}
