package dev.jeton.application.access;

import dev.jeton.domain.error.PermissionDenied;
import dev.jeton.domain.scope.Scope;
import dev.jeton.domain.scope.Scopes;
import dev.jeton.domain.tenant.TenantId;
import dev.jeton.domain.user.Role;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides from a caller's credential alone which operations it may perform, before any value is validated or any resource is read.
 * {@link dev.jeton.application.call.Call} decides on which resources.
 */
public final class AccessRules {
    private AccessRules() {}

    /** @throws PermissionDenied unless the caller has the scope and at least the role that the operation requires */
    public static void require(Caller caller, Operation operation) {
        requireScope(caller, operation.scope());
        requireRole(caller, operation.role());
    }

    /** @throws PermissionDenied unless the caller's token may act as other users and its owner is still an administrator or operator */
    public static void requireActAs(Caller caller) {
        requireScope(caller, Scope.MANAGE);
        requireScope(caller, Scope.ACT_AS);
        requireRole(caller, Role.TENANT_ADMIN);
    }

    /** @throws PermissionDenied if {@code role} is above the caller's own */
    public static void requireRank(Caller caller, Role role) {
        if (role.compareTo(caller.role()) > 0) {
            throw new PermissionDenied("The call affects a user with role %s, which is above the caller's role, %s."
                    .formatted(role, caller.role()));
        }
    }

    /**
     * @param granted the scopes that a token gains
     * @throws PermissionDenied if the caller's role may not grant one of them
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

    /** Returns the only tenant whose tokens the caller may verify; null if it may verify any, as callers of the system tenant may. */
    public static @Nullable TenantId verifiableTenant(Caller caller) {
        return caller.tenantId().isSystem() ? null : caller.tenantId();
    }

    private static void requireScope(Caller caller, Scope scope) {
        if (!caller.scopes().contains(scope)) {
            throw new PermissionDenied("The call requires a token with scope %s.".formatted(scope.value()));
        }
    }

    private static void requireRole(Caller caller, Role role) {
        if (caller.role().compareTo(role) < 0) {
            throw new PermissionDenied(
                    "The call requires role %s or higher; the caller has role %s.".formatted(role, caller.role()));
        }
    }
}
