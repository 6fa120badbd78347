package dev.jeton.domain.policy;

import dev.jeton.domain.error.ErrorReason;
import dev.jeton.domain.error.InvalidArgument;
import dev.jeton.domain.error.Violations;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Limits how long a tenant's tokens live, as its administrator stated it; {@link #choices} says what that leaves to callers. A choice that
 * breaks the rule is rejected, never adjusted.
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

    /** Returns what a caller may choose under this rule. */
    public ExpiryChoices choices() {
        if (fixed && defaultLifetime != null) {
            return new ExpiryChoices.Fixed(defaultLifetime);
        }
        return allowedLifetimes.isEmpty()
                ? new ExpiryChoices.Free(defaultLifetime, maxLifetime, forbidNever)
                : new ExpiryChoices.OneOf(allowedLifetimes, defaultLifetime);
    }

    /**
     * Returns the expiry of a new token for a choice made at {@code now}.
     *
     * @throws InvalidArgument if the rule does not allow the choice
     */
    public Expiry resolve(ExpirationChoice choice, Instant now) {
        return choices().resolve(choice, now);
    }

    /**
     * Returns the expiry of a token that has one for a choice made at {@code now}. The expiry that it has is not checked again, and one
     * before it takes access away, so the rule allows it.
     *
     * @throws InvalidArgument if the rule does not allow the choice, or with EXPIRY_NOT_IN_FUTURE if another expiry has passed
     */
    public Expiry resolveChange(ExpirationChoice choice, Expiry current, Instant now) {
        Expiry chosen = choice.from(now);
        if (chosen.equals(current)) {
            return current;
        }
        if (chosen.isBefore(current)) {
            ExpiryChoices.requireFuture(choice, now);
            return chosen;
        }
        return resolve(choice, now);
    }

    /** Returns the expiry of a renewed token. Unlike a create, a renewal needs a choice if there is no default lifetime. */
    public Expiry resolveRenewal(ExpirationChoice choice, Instant now) {
        return choices().resolveRenewal(choice, now);
    }

    static String list(List<Lifetime> lifetimes) {
        return lifetimes.stream().map(Lifetime::toString).collect(Collectors.joining(", "));
    }
}
