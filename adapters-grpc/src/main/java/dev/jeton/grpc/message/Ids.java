package dev.jeton.grpc.message;

import dev.jeton.domain.error.ErrorReason;
import dev.jeton.domain.error.InvalidArgument;
import dev.jeton.domain.id.CanonicalUuid;
import dev.jeton.domain.tenant.TenantId;
import dev.jeton.domain.token.TokenId;
import dev.jeton.domain.user.UserId;
import dev.jeton.domain.workload.WorkloadId;
import java.util.UUID;

/** Parses ids. An empty text fails with REQUIRED, one that is not a UUID in canonical form with INVALID_ID. */
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

    /** Parses an id of any resource. */
    public static UUID uuid(String text) {
        if (text.isEmpty()) {
            throw new InvalidArgument(ErrorReason.REQUIRED, "is required");
        }
        return CanonicalUuid.parse(text);
    }
}
