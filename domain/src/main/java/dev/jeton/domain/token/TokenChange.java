package dev.jeton.domain.token;

import dev.jeton.domain.policy.ExpirationChoice;
import dev.jeton.domain.scope.Scopes;
import dev.jeton.domain.text.FreeText;
import dev.jeton.domain.text.TokenName;
import org.jspecify.annotations.Nullable;

/** What somebody asks to change of a token; null, or an expiration that is not chosen, keeps what there is. */
public record TokenChange(
        @Nullable TokenName name,
        @Nullable FreeText description,
        ExpirationChoice expiration,
        @Nullable Scopes scopes) {}
