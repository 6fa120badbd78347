package dev.jeton.domain.user;

/** A user's role, from least to most privileged. */
public enum Role {
    MEMBER,
    TENANT_ADMIN,
    OPERATOR
}
