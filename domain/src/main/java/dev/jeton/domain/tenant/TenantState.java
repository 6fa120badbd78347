package dev.jeton.domain.tenant;

/** Whether a tenant's tokens can be used. */
public enum TenantState {
    ACTIVE,
    SUSPENDED
}
