package dev.jeton.application.access;

import dev.jeton.domain.error.PermissionDenied;
import dev.jeton.domain.scope.Scope;
import dev.jeton.domain.tenant.TenantId;
import dev.jeton.domain.user.Role;
import org.jspecify.annotations.Nullable;

/** What callers may do, decided from their credential alone. */
public final class AccessRules {
    private AccessRules() {}

    /** @throws PermissionDenied unless the caller may use the management services */
    public static void requireManagement(Caller caller) {
        requireScope(caller, Scope.MANAGE);
        if (caller.role() != Role.OPERATOR) {
            throw new PermissionDenied("The call is for operators only; the caller's role is " + caller.role() + ".");
        }
    }

    /** @throws PermissionDenied unless the caller's token has {@code scope} */
    public static void requireScope(Caller caller, Scope scope) {
        if (!caller.scopes().contains(scope)) {
            throw new PermissionDenied("The call needs a token with the scope " + scope.value() + ".");
        }
    }

    /** The one tenant whose tokens the caller may verify; null for callers of the system tenant, who may verify any. */
    public static @Nullable TenantId verifiableTenant(Caller caller) {
        return caller.tenantId().isSystem() ? null : caller.tenantId();
    }
}
