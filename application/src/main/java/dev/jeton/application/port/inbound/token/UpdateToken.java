package dev.jeton.application.port.inbound.token;

import dev.jeton.domain.resource.Etag;
import dev.jeton.domain.token.TokenChange;
import dev.jeton.domain.token.TokenId;
import org.jspecify.annotations.Nullable;

/**
 * Updates a token.
 *
 * @param etag null: no check
 */
public record UpdateToken(
        TokenId tokenId, TokenChange change, @Nullable Etag etag) {}
