package dev.jeton.domain.audit;

import dev.jeton.domain.tenant.TenantId;
import dev.jeton.domain.token.TokenId;
import dev.jeton.domain.user.UserId;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One change that was made: stored together with it, and never altered.
 *
 * @param createTime in whole microseconds
 * @param tenantId of what was changed, whichever tenant the actor is of
 * @param actorUserId the owner of the token that the call was made with; null if it was made on the machine itself
 * @param actorTokenId that token; null if there was none
 * @param actingUserId the user whom the actor acted as; null if it acted as itself
 * @param action the name of the RPC, or of what was done on the machine
 * @param changes by field; of a new resource all that it has, of a deleted one all that it had
 */
public record AuditEvent(
        AuditEventId id,
        Instant createTime,
        TenantId tenantId,
        @Nullable UserId actorUserId,
        @Nullable TokenId actorTokenId,
        @Nullable UserId actingUserId,
        String action,
        ResourceType resourceType,
        UUID resourceId,
        List<FieldChange> changes,
        CallId callId) {

    public AuditEvent {
        changes = List.copyOf(changes);
    }

    /** The same under another id. */
    public AuditEvent withId(AuditEventId other) {
        return new AuditEvent(
                other,
                createTime,
                tenantId,
                actorUserId,
                actorTokenId,
                actingUserId,
                action,
                resourceType,
                resourceId,
                changes,
                callId);
    }
}
