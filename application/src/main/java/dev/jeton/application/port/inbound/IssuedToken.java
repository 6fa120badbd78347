package dev.jeton.application.port.inbound;

import dev.jeton.domain.token.TokenSecret;
import org.jspecify.annotations.Nullable;

/**
 * A new token and its secret, which nobody can get again.
 *
 * @param secret null: an earlier call with the same {@link RequestKey} issued the token, and the secret went out then
 */
public record IssuedToken(TokenView view, @Nullable TokenSecret secret) {

    public boolean replayed() {
        return secret == null;
    }
}
