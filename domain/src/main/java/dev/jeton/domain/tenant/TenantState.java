package dev.jeton.domain.tenant;

/** Whether a tenant's tokens pass. */
public enum TenantState {
    ACTIVE,
    SUSPENDED
}
