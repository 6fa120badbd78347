package dev.jeton.domain.policy;

import dev.jeton.domain.error.ErrorReason;
import dev.jeton.domain.error.InvalidArgument;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** A caller's choice of when a token expires. */
public sealed interface ExpirationChoice {

    /** Returns the request field of this choice, for violations. */
    String field();

    /** Returns the expiry of this choice made at {@code now}; {@link ExpiryRule} decides whether it is allowed. */
    Expiry from(Instant now);

    /** Whether the expiry is in the future. */
    default boolean isAfter(Instant now) {
        return !from(now).hasPassed(now);
    }

    static ExpirationChoice unspecified() {
        return new Unspecified();
    }

    /** No choice: the policy decides. */
    record Unspecified() implements ExpirationChoice {
        @Override
        public String field() {
            return "expiration";
        }

        @Override
        public Expiry from(Instant now) {
            return Expiry.NEVER;
        }
    }

    /** Expires at an instant. */
    record At(Instant instant) implements ExpirationChoice {

        /** @throws InvalidArgument with INVALID_TIMESTAMP outside the years 1 to 9999 */
        public At {
            Expiry.requireInRange(instant);
        }

        @Override
        public String field() {
            return "expire_time";
        }

        @Override
        public Expiry from(Instant now) {
            return Expiry.at(instant);
        }
    }

    /** Expires at the end of a UTC day, which must be after today. */
    record EndOfDay(LocalDate day) implements ExpirationChoice {
        public static final LocalDate MIN = LocalDate.of(1, 1, 1);
        /** The last day whose end fits in a timestamp. */
        public static final LocalDate MAX = LocalDate.of(9999, 12, 30);

        /** @throws InvalidArgument with INVALID_DATE */
        public EndOfDay {
            if (day.isBefore(MIN) || day.isAfter(MAX)) {
                throw new InvalidArgument(ErrorReason.INVALID_DATE, "must be %s to %s".formatted(MIN, MAX));
            }
        }

        @Override
        public String field() {
            return "expire_date";
        }

        @Override
        public Expiry from(Instant now) {
            return Expiry.at(day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant());
        }

        @Override
        public boolean isAfter(Instant now) {
            return day.isAfter(LocalDate.ofInstant(now, ZoneOffset.UTC));
        }
    }

    /** Expires after a lifetime, counted from now. */
    record After(Lifetime lifetime) implements ExpirationChoice {
        @Override
        public String field() {
            return "lifetime";
        }

        @Override
        public Expiry from(Instant now) {
            return lifetime.from(now);
        }
    }

    /** Never expires. */
    record Never() implements ExpirationChoice {
        @Override
        public String field() {
            return "never_expires";
        }

        @Override
        public Expiry from(Instant now) {
            return Expiry.NEVER;
        }
    }
}
