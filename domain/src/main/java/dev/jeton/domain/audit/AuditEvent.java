package dev.jeton.domain.audit;

import dev.jeton.domain.tenant.TenantId;
import dev.jeton.domain.token.TokenId;
import dev.jeton.domain.user.UserId;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One change to one resource. It is stored in the same transaction as the change and never modified.
 *
 * @param createTime in whole microseconds
 * @param tenantId the tenant of the changed resource, not of the actor
 * @param actorUserId the owner of the token used for the call; null for a change made on the server's own machine
 * @param actorTokenId the token used for the call; null for a change made on the server's own machine
 * @param actingUserId the user the actor acted as; null if it acted as itself
 * @param action the name of the RPC or of the local command
 * @param changes by field; all fields of a created or deleted resource
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

    /** Returns a copy with another id. */
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
