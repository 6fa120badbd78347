package dev.jeton.application.page;

import dev.jeton.domain.user.UserId;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Selects audit events. An event must match every field that is not null.
 *
 * @param resourceId the changed resource
 * @param actorId the actor or the user it acted as
 * @param action the exact action
 * @param from inclusive
 * @param until exclusive
 */
public record AuditFilter(
        @Nullable UUID resourceId,
        @Nullable UserId actorId,
        @Nullable String action,
        @Nullable Instant from,
        @Nullable Instant until) {
    public static final AuditFilter NONE = new AuditFilter(null, null, null, null, null);
}
