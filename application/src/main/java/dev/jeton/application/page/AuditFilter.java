package dev.jeton.application.page;

import dev.jeton.domain.user.UserId;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which audit events to list: those that meet all that is given; null: any.
 *
 * @param resourceId what was changed
 * @param actorId who changed it, or whom that one acted as
 * @param action exactly this
 * @param from from this instant on
 * @param until before this instant
 */
public record AuditFilter(
        @Nullable UUID resourceId,
        @Nullable UserId actorId,
        @Nullable String action,
        @Nullable Instant from,
        @Nullable Instant until) {
    public static final AuditFilter NONE = new AuditFilter(null, null, null, null, null);
}
