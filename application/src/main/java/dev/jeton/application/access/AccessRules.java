package dev.jeton.application.access;

import dev.jeton.domain.error.PermissionDenied;
import dev.jeton.domain.scope.Scope;
import dev.jeton.domain.scope.Scopes;
import dev.jeton.domain.tenant.TenantId;
import dev.jeton.domain.user.Role;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What callers may do at all, decided from their credential alone: before values are looked at, and before anything is looked up. Which
 * resources they may then do it to says {@link Reach}.
 */
public final class AccessRules {
    private AccessRules() {}

    /** @throws PermissionDenied unless the caller's token has the scope, and its owner at least the role, that the operation needs */
    public static void require(Caller caller, Operation operation) {
        requireScope(caller, scope(operation));
        requireRole(caller, role(operation));
    }

    private static Scope scope(Operation operation) {
        return switch (operation) {
            case VERIFY_TOKEN, BATCH_VERIFY_TOKENS -> Scope.VERIFY;
            default -> Scope.MANAGE;
        };
    }

    /** The least role for each operation; a line here is a line of the public contract. */
    private static Role role(Operation operation) {
        return switch (operation) {
            case CREATE_TENANT, LIST_TENANTS, SUSPEND_TENANT, RESUME_TENANT, DELETE_TENANT -> Role.OPERATOR;
            case GET_TENANT, UPDATE_TENANT -> Role.TENANT_ADMIN;
            case CREATE_USER, GET_USER, LIST_USERS, UPDATE_USER, DISABLE_USER, ENABLE_USER, DELETE_USER ->
                Role.TENANT_ADMIN;
            case GET_PROFILE -> Role.MEMBER;
            case CREATE_WORKLOAD, UPDATE_WORKLOAD, DISABLE_WORKLOAD, ENABLE_WORKLOAD, DELETE_WORKLOAD ->
                Role.TENANT_ADMIN;
            case GET_WORKLOAD, LIST_WORKLOADS -> Role.MEMBER;
            case CREATE_TOKEN,
                    GET_TOKEN,
                    LIST_TOKENS,
                    UPDATE_TOKEN,
                    ASSIGN_TOKEN,
                    CANCEL_TOKEN,
                    REACTIVATE_TOKEN,
                    RENEW_TOKEN,
                    DELETE_TOKEN -> Role.MEMBER;
            case VERIFY_TOKEN, BATCH_VERIFY_TOKENS -> Role.MEMBER;
            case LIST_AUDIT_EVENTS -> Role.TENANT_ADMIN;
        };
    }

    /** @throws PermissionDenied unless the caller's token may act as others */
    public static void requireActAs(Caller caller) {
        requireScope(caller, Scope.MANAGE);
        requireScope(caller, Scope.ACT_AS);
    }

    /** @throws PermissionDenied if the caller would give or touch a role above its own */
    public static void requireRank(Caller caller, Role role) {
        if (role.compareTo(caller.role()) > 0) {
            throw new PermissionDenied(
                    "The call concerns the role %s, which is above the caller's, %s.".formatted(role, caller.role()));
        }
    }

    /**
     * @param granted what a token gets that it did not have
     * @throws PermissionDenied if it is not the caller's to give
     */
    public static void requireGrant(Caller caller, Scopes granted) {
        for (Scope scope : List.of(Scope.VERIFY, Scope.ACT_AS)) {
            if (granted.contains(scope) && caller.role() == Role.MEMBER) {
                throw new PermissionDenied(
                        "scopes must not contain %s: only a TENANT_ADMIN or OPERATOR may grant it, and the caller's role is MEMBER."
                                .formatted(scope.value()));
            }
        }
    }

    /** The one tenant whose tokens the caller may verify; null for callers of the system tenant, who may verify any. */
    public static @Nullable TenantId verifiableTenant(Caller caller) {
        return caller.tenantId().isSystem() ? null : caller.tenantId();
    }

    private static void requireScope(Caller caller, Scope scope) {
        if (!caller.scopes().contains(scope)) {
            throw new PermissionDenied("The call needs a token with the scope %s.".formatted(scope.value()));
        }
    }

    private static void requireRole(Caller caller, Role role) {
        if (caller.role().compareTo(role) < 0) {
            throw new PermissionDenied(
                    "The call needs a caller with the role %s, not %s.".formatted(role, caller.role()));
        }
    }
}
