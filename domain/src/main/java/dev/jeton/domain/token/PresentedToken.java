package dev.jeton.domain.token;

import dev.jeton.domain.tenant.TenantId;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;

/**
 * A secret that somebody presented: of the right shape and checksum, and known to name a tenant and a token, but not yet known to be
 * theirs. It has no string form and no equality and cannot be read back. Immutable.
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
     * @param text any string at all
     * @return empty if it is malformed
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

    /** The tenant it says it belongs to. */
    public TenantId tenantId() {
        return tenantId;
    }

    /** The token it says it is the secret of. */
    public TokenId tokenId() {
        return tokenId;
    }

    byte[] ascii() {
        return ascii;
    }
}
