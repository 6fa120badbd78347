package dev.jeton.domain.verification;

import dev.jeton.domain.token.TokenId;
import java.util.UUID;

/** Identifies a secret among those of its token. The first secret has the id of its token. */
public record SecretId(UUID value) {

    public static SecretId ofFirst(TokenId tokenId) {
        return new SecretId(tokenId.value());
    }
}
