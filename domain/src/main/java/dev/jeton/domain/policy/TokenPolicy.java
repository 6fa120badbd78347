package dev.jeton.domain.policy;

import dev.jeton.domain.error.ErrorReason;
import dev.jeton.domain.error.InvalidArgument;
import dev.jeton.domain.error.Violations;
import dev.jeton.domain.scope.Scope;
import dev.jeton.domain.scope.Scopes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A tenant's rules for its tokens, free of contradictions. It applies to what a token gains when it is created, updated, assigned or
 * renewed, and never prevents taking access away. Issued tokens are unaffected, except by {@link WorkloadRule#requiredForUse()}.
 *
 * @param allowedScopes the scopes a token may have besides reserved ones, at most 100; empty: any
 * @param defaultScopes the scopes of a token created without any, at most {@link Scopes#MAX_PER_TOKEN}; all allowed, none reserved
 * @param maxTokensPerUser 0: no limit
 */
public record TokenPolicy(
        NameRule nameRule,
        ExpiryRule expiryRule,
        WorkloadRule workloadRule,
        Scopes allowedScopes,
        Scopes defaultScopes,
        int maxTokensPerUser) {
    public static final int MAX_ALLOWED_SCOPES = 100;
    public static final TokenPolicy DEFAULT =
            new TokenPolicy(NameRule.DEFAULT, ExpiryRule.DEFAULT, WorkloadRule.DEFAULT, Scopes.NONE, Scopes.NONE, 0);

    /** @throws InvalidArgument with every contradiction */
    public TokenPolicy {
        check(allowedScopes, defaultScopes, maxTokensPerUser);
    }

    /**
     * Replaces the parts that {@code change} has.
     *
     * @throws InvalidArgument with every violation, if the result contradicts itself
     */
    public TokenPolicy with(PolicyChange change) {
        return new TokenPolicy(
                Objects.requireNonNullElse(change.nameRule(), nameRule),
                Objects.requireNonNullElse(change.expiryRule(), expiryRule),
                Objects.requireNonNullElse(change.workloadRule(), workloadRule),
                Objects.requireNonNullElse(change.allowedScopes(), allowedScopes),
                Objects.requireNonNullElse(change.defaultScopes(), defaultScopes),
                Objects.requireNonNullElse(change.maxTokensPerUser(), maxTokensPerUser));
    }

    /** Adds a violation to {@code violations} for each of {@code scopes} that a token may not gain. */
    public void checkScopes(Scopes scopes, Violations violations) {
        for (Scope scope : scopes.values()) {
            if (!scope.isReserved() && !allowedScopes.isEmpty() && !allowedScopes.contains(scope)) {
                violations.add(
                        "scopes",
                        ErrorReason.SCOPE_NOT_ALLOWED,
                        "must not contain %s: the tenant's policy does not allow it".formatted(scope.value()));
            }
        }
    }

    /** Checks the parts that are not null. */
    static void check(
            @Nullable Scopes allowedScopes, @Nullable Scopes defaultScopes, @Nullable Integer maxTokensPerUser) {
        Violations violations = new Violations();
        if (allowedScopes != null) {
            checkList("allowed_scopes", allowedScopes, MAX_ALLOWED_SCOPES, violations);
        }
        if (defaultScopes != null) {
            checkList("default_scopes", defaultScopes, Scopes.MAX_PER_TOKEN, violations);
        }
        if (allowedScopes != null
                && defaultScopes != null
                && !allowedScopes.isEmpty()
                && !allowedScopes.containsAll(defaultScopes)) {
            violations.add("default_scopes", ErrorReason.POLICY_CONTRADICTION, "must all be among allowed_scopes");
        }
        if (maxTokensPerUser != null && maxTokensPerUser < 0) {
            violations.add("max_tokens_per_user", ErrorReason.OUT_OF_RANGE, "must be positive, or 0 for no limit");
        }
        violations.throwIfAny();
    }

    private static void checkList(String field, Scopes scopes, int limit, Violations violations) {
        if (scopes.values().size() > limit) {
            violations.add(field, ErrorReason.TOO_MANY, "must have at most %s values".formatted(limit));
        }
        if (scopes.values().stream().anyMatch(Scope::isReserved)) {
            violations.add(
                    field,
                    ErrorReason.POLICY_CONTRADICTION,
                    "must not contain reserved scopes (jeton:…): roles decide who may hold them");
        }
    }
}
