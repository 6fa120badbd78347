package dev.jeton.domain.user;

/** How much a user may do, from least to most. */
public enum Role {
    MEMBER,
    TENANT_ADMIN,
    OPERATOR
}
