package dev.jeton.grpc.message;

import dev.jeton.domain.error.ErrorReason;
import dev.jeton.domain.error.InvalidArgument;
import dev.jeton.domain.id.CanonicalUuid;
import dev.jeton.domain.tenant.TenantId;
import dev.jeton.domain.token.TokenId;
import dev.jeton.domain.user.UserId;
import dev.jeton.domain.workload.WorkloadId;
import java.util.UUID;

/** Reads ids: REQUIRED for an empty text, INVALID_ID for one that is no UUID. */
public final class Ids {
    private Ids() {}

    public static TenantId tenant(String text) {
        return new TenantId(uuid(text));
    }

    public static UserId user(String text) {
        return new UserId(uuid(text));
    }

    public static WorkloadId workload(String text) {
        return new WorkloadId(uuid(text));
    }

    public static TokenId token(String text) {
        return new TokenId(uuid(text));
    }

    /** Of whatever kind. */
    public static UUID uuid(String text) {
        if (text.isEmpty()) {
            throw new InvalidArgument(ErrorReason.REQUIRED, "is required");
        }
        return CanonicalUuid.parse(text);
    }
}
