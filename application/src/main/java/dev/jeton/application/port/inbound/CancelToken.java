package dev.jeton.application.port.inbound;

import dev.jeton.domain.resource.Etag;
import dev.jeton.domain.text.FreeText;
import dev.jeton.domain.token.TokenId;
import org.jspecify.annotations.Nullable;

/**
 * Asks for a token to be cancelled.
 *
 * @param etag null: whatever is current
 */
public record CancelToken(
        TokenId tokenId, FreeText reason, @Nullable Etag etag) {}
