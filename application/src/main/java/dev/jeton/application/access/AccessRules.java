package dev.jeton.application.access;

import dev.jeton.domain.error.PermissionDenied;
import dev.jeton.domain.scope.Scope;
import dev.jeton.domain.tenant.TenantId;
import dev.jeton.domain.user.Role;
import org.jspecify.annotations.Nullable;

/** What callers may do, decided from their credential alone: before values are looked at, and before anything is looked up. */
public final class AccessRules {
    private AccessRules() {}

    /** @throws PermissionDenied unless the caller may do this at all */
    public static void require(Caller caller, Operation operation) {
        switch (operation) {
            case VERIFY_TOKEN, BATCH_VERIFY_TOKENS -> requireScope(caller, Scope.VERIFY);
            case GET_PROFILE -> requireScope(caller, Scope.MANAGE);
            default -> {
                requireScope(caller, Scope.MANAGE);
                requireRole(caller, Role.OPERATOR);
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
            throw new PermissionDenied("The call needs a caller with the role %s.".formatted(role));
        }
    }
}
