package dev.jeton.application.access;

import dev.jeton.domain.error.ErrorReason;
import dev.jeton.domain.error.NotFound;
import dev.jeton.domain.tenant.TenantId;
import dev.jeton.domain.token.TokenId;
import dev.jeton.domain.user.UserId;
import dev.jeton.domain.workload.WorkloadId;
import java.util.Map;

/** Creates the error for an id that does not exist or that the caller may not see. Both cases get the same message. */
public final class Missing {
    private Missing() {}

    public static NotFound tenant(TenantId id) {
        return notFound(ErrorReason.TENANT_NOT_FOUND, "tenant", id);
    }

    public static NotFound user(UserId id) {
        return notFound(ErrorReason.USER_NOT_FOUND, "user", id);
    }

    public static NotFound workload(WorkloadId id) {
        return notFound(ErrorReason.WORKLOAD_NOT_FOUND, "workload", id);
    }

    public static NotFound token(TokenId id) {
        return notFound(ErrorReason.TOKEN_NOT_FOUND, "token", id);
    }

    private static NotFound notFound(ErrorReason reason, String resource, Object id) {
        return new NotFound(
                reason,
                "No %s %s is visible to the caller; check the id.".formatted(resource, id),
                Map.of(resource + "_id", id.toString()));
    }
}
