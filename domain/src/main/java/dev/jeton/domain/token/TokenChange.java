package dev.jeton.domain.token;

import dev.jeton.domain.policy.ExpirationChoice;
import dev.jeton.domain.scope.Scopes;
import dev.jeton.domain.text.FreeText;
import dev.jeton.domain.text.TokenName;
import org.jspecify.annotations.Nullable;

/** Changes to a token. Null, or an unspecified expiration, keeps the current value. */
public record TokenChange(
        @Nullable TokenName name,
        @Nullable FreeText description,
        ExpirationChoice expiration,
        @Nullable Scopes scopes) {}
