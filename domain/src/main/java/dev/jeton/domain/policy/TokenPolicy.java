package dev.jeton.domain.policy;

import dev.jeton.domain.error.ErrorReason;
import dev.jeton.domain.error.Violations;
import dev.jeton.domain.scope.Scope;
import dev.jeton.domain.scope.Scopes;

/**
 * What a tenant demands of its tokens; always in agreement with itself. It is applied when a token is created, updated or renewed, and
 * leaves issued tokens alone, but for {@link WorkloadRule#requiredForUse()}.
 *
 * @param allowedScopes what tokens may carry besides reserved scopes, at most 100; empty: anything
 * @param defaultScopes what a token gets whose creation names none, at most {@link Scopes#MAX_OF_A_TOKEN}; each of them allowed, none reserved
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

    public TokenPolicy {
        Violations violations = new Violations();
        checkList("allowed_scopes", allowedScopes, MAX_ALLOWED_SCOPES, violations);
        checkList("default_scopes", defaultScopes, Scopes.MAX_OF_A_TOKEN, violations);
        if (!allowedScopes.isEmpty() && !allowedScopes.containsAll(defaultScopes)) {
            violations.add("default_scopes", ErrorReason.POLICY_CONTRADICTION, "must all be among allowed_scopes");
        }
        if (maxTokensPerUser < 0) {
            violations.add("max_tokens_per_user", ErrorReason.OUT_OF_RANGE, "must be positive, or 0 for no limit");
        }
        violations.throwIfAny();
    }

    /** Adds to {@code violations} what is wrong with a token having {@code scopes}. */
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

    private static void checkList(String field, Scopes scopes, int limit, Violations violations) {
        if (scopes.values().size() > limit) {
            violations.add(field, ErrorReason.TOO_MANY, "must have at most %d values".formatted(limit));
        }
        if (scopes.values().stream().anyMatch(Scope::isReserved)) {
            violations.add(
                    field,
                    ErrorReason.POLICY_CONTRADICTION,
                    "must not contain reserved scopes (jeton:…): roles decide who may hold them");
        }
    }
}
