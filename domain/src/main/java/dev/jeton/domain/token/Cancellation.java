package dev.jeton.domain.token;

import dev.jeton.domain.text.FreeText;
import dev.jeton.domain.user.Role;
import dev.jeton.domain.user.UserId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * The cancellation of a token that has not been reactivated.
 *
 * @param time truncated to microseconds; null for one made before Jeton recorded it
 * @param userId who cancelled the token; null if not recorded, or if no user did
 * @param role that user's role at that time; null for a cancellation without a rank, which any role can lift
 * @param leaked whether the token was cancelled because its secret leaked
 */
public record Cancellation(
        @Nullable Instant time,
        @Nullable UserId userId,
        @Nullable Role role,
        FreeText reason,
        boolean leaked) {

    public Cancellation {
        time = time == null ? null : time.truncatedTo(ChronoUnit.MICROS);
    }

    /** Whether a user with this role can reactivate the token. */
    public boolean canBeLiftedBy(Role other) {
        return role == null || other.compareTo(role) >= 0;
    }

    /** Whether a cancellation by {@code other} would be harder to lift. */
    boolean isOutrankedBy(Role other) {
        return other.compareTo(role == null ? Role.MEMBER : role) > 0;
    }
}
