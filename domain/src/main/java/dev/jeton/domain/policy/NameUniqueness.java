package dev.jeton.domain.policy;

/** Among which tokens a name must be unique; those that were named while it was not required do not count. */
public enum NameUniqueness {
    NOT_REQUIRED,
    PER_USER,
    PER_TENANT
}
