package dev.jeton.application.access;

import dev.jeton.domain.error.ErrorReason;
import dev.jeton.domain.error.NotFound;
import dev.jeton.domain.tenant.TenantId;
import dev.jeton.domain.token.TokenId;
import dev.jeton.domain.user.UserId;
import dev.jeton.domain.workload.WorkloadId;
import java.util.Map;

/** What a caller is told of an id that does not exist for it: the same words whether it exists for others or not at all. */
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
                "There is no %s %s that the caller may see; check the id.".formatted(resource, id),
                Map.of(resource + "_id", id.toString()));
    }
}
