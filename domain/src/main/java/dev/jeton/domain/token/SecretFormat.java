package dev.jeton.domain.token;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * The format of a secret: {@code jtn_}, the tenant id (22 base62 digits), the token id (22), random digits (32, 190 bits) and a CRC-32
 * of everything before (6). It has 86 ASCII characters and selects with a double click. The ids allow a lookup by primary key, and the
 * checksum catches typing errors without a lookup.
 */
final class SecretFormat {
    static final String PREFIX = "jtn_";
    static final int TENANT_OFFSET = PREFIX.length();
    static final int TOKEN_OFFSET = TENANT_OFFSET + Base62.UUID_LENGTH;
    static final int RANDOM_OFFSET = TOKEN_OFFSET + Base62.UUID_LENGTH;
    static final int RANDOM_LENGTH = 32;
    static final int CHECKSUM_OFFSET = RANDOM_OFFSET + RANDOM_LENGTH;
    static final int CHECKSUM_LENGTH = 6;
    static final int LENGTH = CHECKSUM_OFFSET + CHECKSUM_LENGTH;

    private SecretFormat() {}

    /** Whether the length, prefix, alphabet and checksum are valid. */
    static boolean matches(String text) {
        if (text.length() != LENGTH || !text.startsWith(PREFIX)) {
            return false;
        }
        for (int i = TENANT_OFFSET; i < LENGTH; i++) {
            if (!Base62.isDigit(text.charAt(i))) {
                return false;
            }
        }
        byte[] expected = text.getBytes(StandardCharsets.US_ASCII);
        writeChecksum(expected);
        return text.equals(new String(expected, StandardCharsets.US_ASCII));
    }

    static void writeChecksum(byte[] secret) {
        CRC32 checksum = new CRC32();
        checksum.update(secret, 0, CHECKSUM_OFFSET);
        Base62.writeNumber(checksum.getValue(), secret, CHECKSUM_OFFSET, CHECKSUM_LENGTH);
    }
}
