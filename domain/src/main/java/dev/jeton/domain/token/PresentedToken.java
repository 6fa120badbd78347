package dev.jeton.domain.token;

import dev.jeton.domain.tenant.TenantId;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;

/**
 * A well-formed secret that has not been verified yet. It names a tenant and a token. It has no string form or equality, and cannot be
 * read back. Immutable.
 */
public final class PresentedToken {
    private final TenantId tenantId;
    private final TokenId tokenId;
    private final byte[] ascii;

    private PresentedToken(TenantId tenantId, TokenId tokenId, byte[] ascii) {
        this.tenantId = tenantId;
        this.tokenId = tokenId;
        this.ascii = ascii;
    }

    /**
     * Parses a presented secret.
     *
     * @param text any string
     * @return empty if {@code text} is malformed
     */
    public static Optional<PresentedToken> parse(String text) {
        if (!SecretFormat.matches(text)) {
            return Optional.empty();
        }
        byte[] ascii = text.getBytes(StandardCharsets.US_ASCII);
        UUID tenant = Base62.readUuid(ascii, SecretFormat.TENANT_OFFSET);
        UUID token = Base62.readUuid(ascii, SecretFormat.TOKEN_OFFSET);
        return tenant == null || token == null
                ? Optional.empty()
                : Optional.of(new PresentedToken(new TenantId(tenant), new TokenId(token), ascii));
    }

    /** Returns the tenant that the secret names. */
    public TenantId tenantId() {
        return tenantId;
    }

    /** Returns the token that the secret names. */
    public TokenId tokenId() {
        return tokenId;
    }

    byte[] ascii() {
        return ascii;
    }
}
