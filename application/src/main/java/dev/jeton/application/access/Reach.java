package dev.jeton.application.access;

import dev.jeton.application.port.outbound.Directory;
import dev.jeton.domain.tenant.TenantId;
import dev.jeton.domain.token.TokenId;
import dev.jeton.domain.user.Role;
import dev.jeton.domain.user.UserId;
import dev.jeton.domain.workload.WorkloadId;
import org.jspecify.annotations.Nullable;

/**
 * How far a caller sees: an operator into every tenant, others into their own, members to their own tokens. What lies beyond does not exist
 * for them. Once the tenant is known, everything is looked for in it alone.
 */
public final class Reach {
    private Reach() {}

    /** The tenant that the call names, or else the caller's own. */
    public static TenantId tenant(Caller caller, @Nullable TenantId named) {
        if (named == null || named.equals(caller.tenantId())) {
            return caller.tenantId();
        }
        if (!caller.isOperator()) {
            throw Missing.tenant(named);
        }
        return named;
    }

    /** The only tenant that the user can be in. */
    public static TenantId tenantOf(UserId id, Caller caller, Directory directory) {
        return caller.isOperator() ? directory.tenantOf(id).orElseThrow(() -> Missing.user(id)) : caller.tenantId();
    }

    /** The only tenant that the workload can be in. */
    public static TenantId tenantOf(WorkloadId id, Caller caller, Directory directory) {
        return caller.isOperator() ? directory.tenantOf(id).orElseThrow(() -> Missing.workload(id)) : caller.tenantId();
    }

    /** The only tenant that the token can be in. */
    public static TenantId tenantOf(TokenId id, Caller caller, Directory directory) {
        return caller.isOperator() ? directory.tenantOf(id).orElseThrow(() -> Missing.token(id)) : caller.tenantId();
    }

    /** Whether the caller may know of a token that {@code ownerId}, of a tenant within reach, owns. */
    public static boolean seesTokensOf(UserId ownerId, Caller caller) {
        return caller.role() != Role.MEMBER || ownerId.equals(caller.userId());
    }
}
