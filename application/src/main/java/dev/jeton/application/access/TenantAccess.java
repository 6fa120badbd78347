package dev.jeton.application.access;

import dev.jeton.application.port.outbound.Directory;
import dev.jeton.domain.tenant.TenantId;
import dev.jeton.domain.token.TokenId;
import dev.jeton.domain.user.Role;
import dev.jeton.domain.user.UserId;
import dev.jeton.domain.workload.WorkloadId;
import org.jspecify.annotations.Nullable;

/**
 * Decides which tenants and tokens a caller can see. Operators see every tenant, others only their own, and members only their own
 * tokens. Anything else is reported as not found. All further lookups use the tenant found here.
 */
public final class TenantAccess {
    private TenantAccess() {}

    /** Returns the named tenant, or the caller's own if {@code named} is null; TENANT_NOT_FOUND if the caller may not see it. */
    public static TenantId resolve(Caller caller, @Nullable TenantId named) {
        if (named == null || named.equals(caller.tenantId())) {
            return caller.tenantId();
        }
        if (!caller.isOperator()) {
            throw Missing.tenant(named);
        }
        return named;
    }

    /** Returns the only tenant in which the caller could see the user. */
    public static TenantId tenantOf(UserId id, Caller caller, Directory directory) {
        return caller.isOperator() ? directory.tenantOf(id).orElseThrow(() -> Missing.user(id)) : caller.tenantId();
    }

    /** Returns the only tenant in which the caller could see the workload. */
    public static TenantId tenantOf(WorkloadId id, Caller caller, Directory directory) {
        return caller.isOperator() ? directory.tenantOf(id).orElseThrow(() -> Missing.workload(id)) : caller.tenantId();
    }

    /** Returns the only tenant in which the caller could see the token. */
    public static TenantId tenantOf(TokenId id, Caller caller, Directory directory) {
        return caller.isOperator() ? directory.tenantOf(id).orElseThrow(() -> Missing.token(id)) : caller.tenantId();
    }

    /** Whether the caller can see the tokens of {@code ownerId}, a user in a tenant that it can see. */
    public static boolean canSeeTokensOf(UserId ownerId, Caller caller) {
        return caller.role() != Role.MEMBER || ownerId.equals(caller.userId());
    }
}
