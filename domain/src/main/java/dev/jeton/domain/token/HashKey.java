package dev.jeton.domain.token;

import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A key that the server hashes secrets with, and the name it goes by: whoever has the hashes but not the key can check no guess against
 * them. It has no string form and no equality, and cannot be read back. Immutable.
 */
public final class HashKey {
    public static final int LEAST_BYTES = 32;

    private static final String ALGORITHM = "HmacSHA256";
    private static final Pattern ID = Pattern.compile("[a-z0-9-]{1,32}");
    private static final int LEAST_DIFFERENT_BYTES = 16;

    private final String id;
    private final byte[] bytes;

    /** @throws IllegalArgumentException if the id or the key is none, or is one that somebody made up; it says why, and nothing of the key */
    public HashKey(String id, byte[] bytes) {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException("a key's id is 1 to 32 characters of a-z, 0-9 and -");
        }
        if (bytes.length < LEAST_BYTES) {
            throw new IllegalArgumentException(
                    "key %s has %d bytes and must have at least %d".formatted(id, bytes.length, LEAST_BYTES));
        }
        if (isMadeUp(bytes)) {
            throw new IllegalArgumentException(
                    "key %s is a sample, a text or a pattern, and must be random bytes".formatted(id));
        }
        this.id = id;
        this.bytes = bytes.clone();
    }

    public String id() {
        return id;
    }

    /** Whether it is, byte for byte, the other one's. */
    public boolean hasTheBytesOf(HashKey other) {
        return MessageDigest.isEqual(bytes, other.bytes);
    }

    /** HMAC-SHA-256 that is ready to take what is to be hashed. */
    Mac mac() {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(bytes, ALGORITHM));
            return mac;
        } catch (NoSuchAlgorithmException | InvalidKeyException impossible) {
            throw new IllegalStateException("Every Java platform has HMAC-SHA-256", impossible);
        }
    }

    /** None of this happens by chance: of 10^13 random keys one is taken for a text, and for the rest the odds are far longer. */
    private static boolean isMadeUp(byte[] bytes) {
        return IntStream.range(0, bytes.length).map(at -> bytes[at]).distinct().count() < LEAST_DIFFERENT_BYTES
                || IntStream.range(0, bytes.length).allMatch(at -> bytes[at] >= ' ' && bytes[at] <= '~')
                || IntStream.range(1, bytes.length)
                                .map(at -> (byte) (bytes[at] - bytes[at - 1]))
                                .distinct()
                                .count()
                        == 1;
    }
}
