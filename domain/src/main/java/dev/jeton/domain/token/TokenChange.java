package dev.jeton.domain.token;

import dev.jeton.domain.error.InvalidArgument;
import dev.jeton.domain.error.Violations;
import dev.jeton.domain.policy.ExpirationChoice;
import dev.jeton.domain.scope.Scopes;
import dev.jeton.domain.text.FreeText;
import dev.jeton.domain.text.TokenName;
import org.jspecify.annotations.Nullable;

/**
 * Changes to a token. Null, or an unspecified expiration, keeps the current value.
 *
 * @param scopes at most {@link Scopes#MAX_PER_TOKEN}
 */
public record TokenChange(
        @Nullable TokenName name,
        @Nullable FreeText description,
        ExpirationChoice expiration,
        @Nullable Scopes scopes) {

    /** @throws InvalidArgument with TOO_MANY */
    public TokenChange {
        if (scopes != null) {
            Violations violations = new Violations();
            scopes.checkFitToken(violations);
            violations.throwIfAny();
        }
    }
}
