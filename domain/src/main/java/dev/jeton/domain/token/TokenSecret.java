package dev.jeton.domain.token;

import dev.jeton.domain.tenant.TenantId;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;

/**
 * The secret of a new token. It has no string form or equality, so it cannot be logged or compared by accident; only
 * {@link #revealSecret()} returns its text. Immutable.
 */
public final class TokenSecret {
    /** A regular expression for secret scanners. Matches every secret; a match may still have a wrong checksum. */
    public static final String PATTERN = "jtn_[0-9A-Za-z]{82}";

    private static final int HINT_LENGTH = 4;

    private final TokenId tokenId;
    private final byte[] ascii;

    private TokenSecret(TokenId tokenId, byte[] ascii) {
        this.tokenId = tokenId;
        this.ascii = ascii;
    }

    /** Generates a secret that names its tenant and token. */
    public static TokenSecret generate(TenantId tenantId, TokenId tokenId, SecureRandom random) {
        byte[] ascii = new byte[SecretFormat.LENGTH];
        byte[] prefix = SecretFormat.PREFIX.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(prefix, 0, ascii, 0, prefix.length);
        Base62.writeUuid(tenantId.value(), ascii, SecretFormat.TENANT_OFFSET);
        Base62.writeUuid(tokenId.value(), ascii, SecretFormat.TOKEN_OFFSET);
        Base62.writeRandom(random, ascii, SecretFormat.RANDOM_OFFSET, SecretFormat.RANDOM_LENGTH);
        SecretFormat.writeChecksum(ascii);
        return new TokenSecret(tokenId, ascii);
    }

    /** Returns the token that the secret is for. */
    public TokenId tokenId() {
        return tokenId;
    }

    /** Returns the text to show once, to the caller who created the token. */
    public String revealSecret() {
        return new String(ascii, StandardCharsets.US_ASCII);
    }

    /** Returns the prefix and last four characters. These belong to the checksum, so a guess still faces 166 random bits. */
    public SecretHint hint() {
        return new SecretHint(SecretFormat.PREFIX + "…"
                + new String(ascii, SecretFormat.LENGTH - HINT_LENGTH, HINT_LENGTH, StandardCharsets.US_ASCII));
    }

    byte[] ascii() {
        return ascii;
    }
}
