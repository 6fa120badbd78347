package dev.jeton.application.port.inbound.token;

import dev.jeton.application.port.inbound.RequestKey;
import dev.jeton.domain.token.TokenSecret;
import org.jspecify.annotations.Nullable;

/**
 * A new token and its secret, which cannot be retrieved again.
 *
 * @param secret null if an earlier call with the same {@link RequestKey} issued the token and returned the secret
 */
public record IssuedToken(TokenView view, @Nullable TokenSecret secret) {

    public boolean replayed() {
        return secret == null;
    }
}
