package dev.jeton.domain.policy;

import dev.jeton.domain.error.ErrorReason;
import dev.jeton.domain.error.InvalidArgument;
import dev.jeton.domain.error.Violation;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an {@link ExpiryRule} leaves to callers. Immutable. */
public sealed interface ExpiryChoices {

    /**
     * Returns the expiry of a choice made at {@code now}.
     *
     * @throws InvalidArgument if the choice is not allowed
     */
    Expiry resolve(ExpirationChoice choice, Instant now);

    /** Returns the expiry of a renewed token, as {@link #resolve} does; but without a choice or a default, a renewal is refused. */
    default Expiry resolveRenewal(ExpirationChoice choice, Instant now) {
        return resolve(choice, now);
    }

    /** Nothing: every token gets this lifetime. */
    record Fixed(Lifetime lifetime) implements ExpiryChoices {
        @Override
        public Expiry resolve(ExpirationChoice choice, Instant now) {
            if (choice instanceof ExpirationChoice.Unspecified) {
                return lifetime.from(now);
            }
            throw refuse(
                    choice,
                    ErrorReason.EXPIRY_FIXED,
                    "must be unset: the tenant's policy fixes the lifetime at " + lifetime);
        }
    }

    /**
     * One of these lifetimes.
     *
     * @param lifetimes not empty
     * @param byDefault null: a choice is required
     */
    record OneOf(List<Lifetime> lifetimes, @Nullable Lifetime byDefault) implements ExpiryChoices {
        @Override
        public Expiry resolve(ExpirationChoice choice, Instant now) {
            if (choice instanceof ExpirationChoice.Unspecified) {
                if (byDefault == null) {
                    throw required(choice, "a lifetime of " + ExpiryRule.list(lifetimes));
                }
                return byDefault.from(now);
            }
            if (choice instanceof ExpirationChoice.After after && lifetimes.contains(after.lifetime())) {
                return after.from(now);
            }
            throw refuse(
                    choice,
                    ErrorReason.LIFETIME_NOT_ALLOWED,
                    "is not allowed by the tenant's policy; choose a lifetime of " + ExpiryRule.list(lifetimes));
        }
    }

    /**
     * Any expiry in the future.
     *
     * @param byDefault null: never, or a choice is required if never is not allowed
     * @param max the longest lifetime, counted from now; null: no limit
     * @param forbidNever whether every token must expire, even without {@code max}
     */
    record Free(@Nullable Lifetime byDefault, @Nullable Lifetime max, boolean forbidNever) implements ExpiryChoices {
        @Override
        public Expiry resolve(ExpirationChoice choice, Instant now) {
            if (choice instanceof ExpirationChoice.Unspecified) {
                return byDefault(choice, now);
            }
            Expiry expiry = choice.from(now);
            if (expiry.isNever() && neverIsForbidden()) {
                throw refuse(
                        choice,
                        ErrorReason.NEVER_NOT_ALLOWED,
                        "is not allowed: the tenant's policy requires tokens to expire; choose an expiry");
            }
            requireFuture(choice, now);
            if (max != null && max.from(now).isBefore(expiry)) {
                throw refuse(
                        choice,
                        ErrorReason.EXPIRY_TOO_LATE,
                        "must be at most %s from now under the tenant's policy".formatted(max));
            }
            return expiry;
        }

        private Expiry byDefault(ExpirationChoice choice, Instant now) {
            if (byDefault != null) {
                return byDefault.from(now);
            }
            if (neverIsForbidden()) {
                throw choiceRequired(choice);
            }
            return Expiry.NEVER;
        }

        @Override
        public Expiry resolveRenewal(ExpirationChoice choice, Instant now) {
            if (choice instanceof ExpirationChoice.Unspecified && byDefault == null) {
                throw choiceRequired(choice);
            }
            return resolve(choice, now);
        }

        private InvalidArgument choiceRequired(ExpirationChoice choice) {
            return required(
                    choice,
                    neverIsForbidden()
                            ? "expire_time, expire_date or lifetime"
                            : "expire_time, expire_date, lifetime or never_expires");
        }

        private boolean neverIsForbidden() {
            return forbidNever || max != null;
        }
    }

    /** @throws InvalidArgument with EXPIRY_NOT_IN_FUTURE */
    static void requireFuture(ExpirationChoice choice, Instant now) {
        if (!choice.isAfter(now)) {
            throw refuse(
                    choice,
                    ErrorReason.EXPIRY_NOT_IN_FUTURE,
                    choice instanceof ExpirationChoice.EndOfDay
                            ? "must be later than today (UTC)"
                            : "must be later than now");
        }
    }

    private static InvalidArgument required(ExpirationChoice choice, String choices) {
        return refuse(
                choice,
                ErrorReason.EXPIRY_REQUIRED,
                "is required: the tenant's policy has no default lifetime; choose " + choices);
    }

    private static InvalidArgument refuse(ExpirationChoice choice, ErrorReason reason, String description) {
        return new InvalidArgument(List.of(new Violation(choice.field(), reason, description)));
    }
}
