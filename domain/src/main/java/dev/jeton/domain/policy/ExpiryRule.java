package dev.jeton.domain.policy;

import dev.jeton.domain.error.ErrorReason;
import dev.jeton.domain.error.InvalidArgument;
import dev.jeton.domain.error.Violation;
import dev.jeton.domain.error.Violations;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Limits how long a tenant's tokens live. A choice that breaks the rule is rejected, never adjusted.
 *
 * @param defaultLifetime used when the caller chooses nothing; null: never expires, or a choice is required if never is not allowed
 * @param allowedLifetimes if not empty, the only lifetimes a caller may choose; at most 32
 * @param maxLifetime the longest lifetime, counted from now; null: no limit
 * @param forbidNever whether every token must expire
 * @param fixed whether callers may not choose and always get the default lifetime
 */
public record ExpiryRule(
        @Nullable Lifetime defaultLifetime,
        List<Lifetime> allowedLifetimes,
        @Nullable Lifetime maxLifetime,
        boolean forbidNever,
        boolean fixed) {
    public static final int MAX_ALLOWED_LIFETIMES = 32;
    public static final ExpiryRule DEFAULT = new ExpiryRule(null, List.of(), null, false, false);

    public ExpiryRule {
        Violations violations = new Violations();
        if (allowedLifetimes.size() > MAX_ALLOWED_LIFETIMES) {
            violations.add(
                    "allowed_lifetimes",
                    ErrorReason.TOO_MANY,
                    "must have at most %s values".formatted(MAX_ALLOWED_LIFETIMES));
        }
        if (defaultLifetime != null) {
            if (!allowedLifetimes.isEmpty() && !allowedLifetimes.contains(defaultLifetime)) {
                violations.add(
                        "default_lifetime",
                        ErrorReason.POLICY_CONTRADICTION,
                        "must be one of allowed_lifetimes: " + list(allowedLifetimes));
            }
            if (maxLifetime != null && defaultLifetime.isLongerThan(maxLifetime)) {
                violations.add(
                        "default_lifetime",
                        ErrorReason.POLICY_CONTRADICTION,
                        "must not be longer than max_lifetime, " + maxLifetime);
            }
        } else if (fixed) {
            violations.add("default_lifetime", ErrorReason.POLICY_CONTRADICTION, "is required if fixed is true");
        }
        if (maxLifetime != null) {
            for (int i = 0; i < allowedLifetimes.size(); i++) {
                if (allowedLifetimes.get(i).isLongerThan(maxLifetime)) {
                    violations.add(
                            "allowed_lifetimes[%s]".formatted(i),
                            ErrorReason.POLICY_CONTRADICTION,
                            "must not be longer than max_lifetime, " + maxLifetime);
                }
            }
        }
        violations.throwIfAny();
        allowedLifetimes = List.copyOf(new LinkedHashSet<>(allowedLifetimes));
    }

    /**
     * Returns the expiry of a new token for a choice made at {@code now}.
     *
     * @throws InvalidArgument if the rule does not allow the choice
     */
    public Expiry resolve(ExpirationChoice choice, Instant now) {
        if (choice instanceof ExpirationChoice.Unspecified) {
            return byDefault(choice, now);
        }
        if (fixed) {
            throw refuse(
                    choice,
                    ErrorReason.EXPIRY_FIXED,
                    "must be unset: the tenant's policy fixes the lifetime at " + defaultLifetime);
        }
        if (!allowedLifetimes.isEmpty()
                && !(choice instanceof ExpirationChoice.After after && allowedLifetimes.contains(after.lifetime()))) {
            throw refuse(
                    choice,
                    ErrorReason.LIFETIME_NOT_ALLOWED,
                    "is not allowed by the tenant's policy; choose a lifetime of " + list(allowedLifetimes));
        }
        Expiry expiry = choice.from(now);
        if (expiry.isNever() && neverIsForbidden()) {
            throw refuse(
                    choice,
                    ErrorReason.NEVER_NOT_ALLOWED,
                    "is not allowed: the tenant's policy requires tokens to expire; choose an expiry");
        }
        if (!choice.isAfter(now)) {
            throw refuse(choice, ErrorReason.EXPIRY_NOT_IN_FUTURE, inTheFuture(choice));
        }
        if (maxLifetime != null && maxLifetime.from(now).isBefore(expiry)) {
            throw refuse(
                    choice,
                    ErrorReason.EXPIRY_TOO_LATE,
                    "must be at most %s from now under the tenant's policy".formatted(maxLifetime));
        }
        return expiry;
    }

    /** Returns the expiry of a renewed token. Unlike a create, a renewal needs a choice if there is no default lifetime. */
    public Expiry resolveRenewal(ExpirationChoice choice, Instant now) {
        if (choice instanceof ExpirationChoice.Unspecified && defaultLifetime == null) {
            throw choiceRequired(choice);
        }
        return resolve(choice, now);
    }

    private Expiry byDefault(ExpirationChoice choice, Instant now) {
        if (defaultLifetime != null) {
            return defaultLifetime.from(now);
        }
        if (neverIsForbidden() || !allowedLifetimes.isEmpty()) {
            throw choiceRequired(choice);
        }
        return Expiry.NEVER;
    }

    private boolean neverIsForbidden() {
        return forbidNever || maxLifetime != null;
    }

    private InvalidArgument choiceRequired(ExpirationChoice choice) {
        String choices = allowedLifetimes.isEmpty()
                ? neverIsForbidden()
                        ? "expire_time, expire_date or lifetime"
                        : "expire_time, expire_date, lifetime or never_expires"
                : "a lifetime of " + list(allowedLifetimes);
        return refuse(
                choice,
                ErrorReason.EXPIRY_REQUIRED,
                "is required: the tenant's policy has no default lifetime; choose " + choices);
    }

    private static InvalidArgument refuse(ExpirationChoice choice, ErrorReason reason, String description) {
        return new InvalidArgument(List.of(new Violation(choice.field(), reason, description)));
    }

    private static String inTheFuture(ExpirationChoice choice) {
        return choice instanceof ExpirationChoice.EndOfDay
                ? "must be later than today (UTC)"
                : "must be later than now";
    }

    private static String list(List<Lifetime> lifetimes) {
        return lifetimes.stream().map(Lifetime::toString).collect(Collectors.joining(", "));
    }
}
