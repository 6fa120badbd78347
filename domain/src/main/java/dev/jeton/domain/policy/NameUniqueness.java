package dev.jeton.domain.policy;

/** The scope in which a token name must be unique. Names given while uniqueness was not required do not count. */
public enum NameUniqueness {
    NOT_REQUIRED,
    PER_USER,
    PER_TENANT
}
