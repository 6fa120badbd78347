package dev.jeton.application.port.inbound.token;

import dev.jeton.domain.resource.Etag;
import dev.jeton.domain.text.FreeText;
import dev.jeton.domain.token.TokenId;
import org.jspecify.annotations.Nullable;

/**
 * Cancels a token.
 *
 * @param etag null: no check
 */
public record CancelToken(
        TokenId tokenId, FreeText reason, @Nullable Etag etag) {}
