package dev.jeton.domain.policy;

import dev.jeton.domain.error.ErrorReason;
import dev.jeton.domain.error.InvalidArgument;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * The instant from which something is expired, or never.
 *
 * @param instant in the years 1 to 9999, truncated to microseconds; null for never
 */
public record Expiry(@Nullable Instant instant) {
    public static final Expiry NEVER = new Expiry(null);
    private static final Instant MIN = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant MAX = Instant.parse("9999-12-31T23:59:59.999999999Z");

    /** @throws InvalidArgument with INVALID_TIMESTAMP */
    public Expiry {
        if (instant != null) {
            requireInRange(instant);
            instant = instant.truncatedTo(ChronoUnit.MICROS);
        }
    }

    /** @throws InvalidArgument with INVALID_TIMESTAMP */
    static void requireInRange(Instant instant) {
        if (instant.isBefore(MIN) || instant.isAfter(MAX)) {
            throw new InvalidArgument(ErrorReason.INVALID_TIMESTAMP, "must be in the years 1 to 9999");
        }
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
