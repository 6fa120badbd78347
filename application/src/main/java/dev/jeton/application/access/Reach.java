package dev.jeton.application.access;

import dev.jeton.application.port.outbound.Directory;
import dev.jeton.domain.tenant.TenantId;
import dev.jeton.domain.token.TokenId;
import dev.jeton.domain.user.UserId;
import dev.jeton.domain.workload.WorkloadId;
import org.jspecify.annotations.Nullable;

/** Which tenant a call is about. Everything after this is looked for in that tenant alone. */
public final class Reach {
    private Reach() {}

    /** The tenant that the call names, or else the caller's own. */
    public static TenantId tenant(Caller caller, @Nullable TenantId named) {
        return named == null ? caller.tenantId() : named;
    }

    public static TenantId tenantOf(UserId id, Directory directory) {
        return directory.tenantOf(id).orElseThrow(() -> Missing.user(id));
    }

    public static TenantId tenantOf(WorkloadId id, Directory directory) {
        return directory.tenantOf(id).orElseThrow(() -> Missing.workload(id));
    }

    public static TenantId tenantOf(TokenId id, Directory directory) {
        return directory.tenantOf(id).orElseThrow(() -> Missing.token(id));
    }
}
