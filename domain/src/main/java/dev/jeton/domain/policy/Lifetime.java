package dev.jeton.domain.policy;

import dev.jeton.domain.error.ErrorReason;
import dev.jeton.domain.error.InvalidArgument;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** A token's lifetime: 1 microsecond to 100 years of 365 days, truncated to microseconds. */
public record Lifetime(Duration duration) {
    public static final Duration MAX = Duration.ofDays(36_500);

    public Lifetime {
        if (duration.compareTo(MAX) > 0) {
            throw new InvalidArgument(
                    ErrorReason.OUT_OF_RANGE, "must be at most %s seconds (100 years)".formatted(MAX.toSeconds()));
        }
        duration = duration.truncatedTo(ChronoUnit.MICROS);
        if (duration.isNegative() || duration.isZero()) {
            throw new InvalidArgument(ErrorReason.OUT_OF_RANGE, "must be at least one microsecond");
        }
    }

    public static Lifetime ofDays(long days) {
        return new Lifetime(Duration.ofDays(days));
    }

    Expiry from(Instant now) {
        return Expiry.at(now.plus(duration));
    }

    boolean isLongerThan(Lifetime other) {
        return duration.compareTo(other.duration) > 0;
    }

    /** Returns whole days, else seconds, for error messages. */
    @Override
    public String toString() {
        return duration.equals(Duration.ofDays(duration.toDays()))
                ? duration.toDays() + (duration.toDays() == 1 ? " day" : " days")
                : BigDecimal.valueOf(duration.toSeconds() * 1_000_000 + duration.toNanosPart() / 1_000, 6)
                                .stripTrailingZeros()
                                .toPlainString()
                        + " s";
    }
}
