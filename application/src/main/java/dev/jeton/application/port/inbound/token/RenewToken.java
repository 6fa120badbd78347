package dev.jeton.application.port.inbound.token;

import dev.jeton.domain.policy.ExpirationChoice;
import dev.jeton.domain.resource.Etag;
import dev.jeton.domain.token.TokenId;
import org.jspecify.annotations.Nullable;

/**
 * Extends the expiry of a token.
 *
 * @param etag null: no check
 */
public record RenewToken(
        TokenId tokenId,
        ExpirationChoice expiration,
        @Nullable Etag etag) {}
