package dev.jeton.domain.policy;

import dev.jeton.domain.error.ErrorReason;
import dev.jeton.domain.error.InvalidArgument;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** What a caller says about when a token shall expire. */
public sealed interface ExpirationChoice {

    /** The field that the choice was made in, for violations. */
    String field();

    /** When it expires if chosen at {@code now}; the rule that allows or refuses it is {@link ExpiryRule}. */
    Expiry from(Instant now);

    /** Whether it lies in the future. */
    default boolean isAfter(Instant now) {
        return !from(now).hasCome(now);
    }

    static ExpirationChoice unchosen() {
        return new Unchosen();
    }

    /** Nothing: the policy decides. */
    record Unchosen() implements ExpirationChoice {
        @Override
        public String field() {
            return "expiration";
        }

        @Override
        public Expiry from(Instant now) {
            return Expiry.NEVER;
        }
    }

    /** From this instant on. */
    record At(Instant instant) implements ExpirationChoice {
        @Override
        public String field() {
            return "expire_time";
        }

        @Override
        public Expiry from(Instant now) {
            return Expiry.at(instant);
        }
    }

    /** At the end of this UTC day, which must be later than the present one. */
    record EndOf(LocalDate day) implements ExpirationChoice {
        /** The last day whose end a timestamp can hold. */
        public static final LocalDate MAX = LocalDate.of(9999, 12, 30);

        public EndOf {
            if (day.isAfter(MAX)) {
                throw new InvalidArgument(ErrorReason.INVALID_DATE, "must be at most " + MAX);
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

    /** So long from now. */
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

    /** Never. */
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
