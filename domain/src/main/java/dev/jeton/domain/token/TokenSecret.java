package dev.jeton.domain.token;

import dev.jeton.domain.tenant.TenantId;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;

/**
 * The secret of a token that was made just now. It has no string form and no equality, so that it can neither be logged nor compared by
 * accident; {@link #revealSecret()} is the one way out. Immutable.
 */
public final class TokenSecret {
    /** Matches every secret, for scanners that look for leaked ones; one that matches may still have a wrong checksum. */
    public static final String PATTERN = "jtn_[0-9A-Za-z]{82}";

    private static final int HINT_LENGTH = 4;

    private final byte[] ascii;

    private TokenSecret(byte[] ascii) {
        this.ascii = ascii;
    }

    /** A new secret that names its tenant and token. */
    public static TokenSecret generate(TenantId tenantId, TokenId tokenId, SecureRandom random) {
        byte[] ascii = new byte[SecretFormat.LENGTH];
        byte[] prefix = SecretFormat.PREFIX.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(prefix, 0, ascii, 0, prefix.length);
        Base62.writeUuid(tenantId.value(), ascii, SecretFormat.TENANT_OFFSET);
        Base62.writeUuid(tokenId.value(), ascii, SecretFormat.TOKEN_OFFSET);
        Base62.writeRandom(random, ascii, SecretFormat.RANDOM_OFFSET, SecretFormat.RANDOM_LENGTH);
        SecretFormat.writeChecksum(ascii);
        return new TokenSecret(ascii);
    }

    /** The text to show, once, to the one who asked for the token. */
    public String revealSecret() {
        return new String(ascii, StandardCharsets.US_ASCII);
    }

    /** Its last characters, all of them checksum: enough to recognise it; guessing it stays as hard as 166 random bits. */
    public SecretHint hint() {
        return new SecretHint(SecretFormat.PREFIX + "…"
                + new String(ascii, SecretFormat.LENGTH - HINT_LENGTH, HINT_LENGTH, StandardCharsets.US_ASCII));
    }

    byte[] ascii() {
        return ascii;
    }
}
