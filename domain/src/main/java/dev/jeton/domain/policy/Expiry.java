package dev.jeton.domain.policy;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * When something expires: from an instant on, or never.
 *
 * @param instant whole microseconds (what is finer is cut off); null for never
 */
public record Expiry(@Nullable Instant instant) {
    public static final Expiry NEVER = new Expiry(null);

    public Expiry {
        instant = instant == null ? null : instant.truncatedTo(ChronoUnit.MICROS);
    }

    public static Expiry at(Instant instant) {
        return new Expiry(instant);
    }

    public boolean hasCome(Instant now) {
        return instant != null && !now.isBefore(instant);
    }

    public boolean isNever() {
        return instant == null;
    }

    /** Whether this comes strictly before {@code other}; never comes after everything. */
    public boolean isBefore(Expiry other) {
        return instant != null && (other.instant == null || instant.isBefore(other.instant));
    }
}
