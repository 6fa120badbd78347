package dev.jeton.application.port.inbound;

import dev.jeton.domain.policy.ExpirationChoice;
import dev.jeton.domain.resource.Etag;
import dev.jeton.domain.token.TokenId;
import org.jspecify.annotations.Nullable;

/**
 * Asks for a token to live longer.
 *
 * @param etag null: whatever is current
 */
public record RenewToken(
        TokenId tokenId,
        ExpirationChoice expiration,
        @Nullable Etag etag) {}
