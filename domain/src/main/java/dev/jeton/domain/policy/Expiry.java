package dev.jeton.domain.policy;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * The instant from which something is expired, or never.
 *
 * @param instant truncated to microseconds; null for never
 */
public record Expiry(@Nullable Instant instant) {
    public static final Expiry NEVER = new Expiry(null);

    public Expiry {
        instant = instant == null ? null : instant.truncatedTo(ChronoUnit.MICROS);
    }

    public static Expiry at(Instant instant) {
        return new Expiry(instant);
    }

    public boolean hasPassed(Instant now) {
        return instant != null && !now.isBefore(instant);
    }

    public boolean isNever() {
        return instant == null;
    }

    /** Whether this is strictly before {@code other}; never is after every instant. */
    public boolean isBefore(Expiry other) {
        return instant != null && (other.instant == null || instant.isBefore(other.instant));
    }
}
