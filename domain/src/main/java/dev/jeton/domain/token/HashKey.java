package dev.jeton.domain.token;

import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A named key for hashing secrets. Without the key, nobody can check guesses against stolen hashes. It has no string form or equality, and
 * its bytes cannot be read back. Immutable.
 */
public final class HashKey {
    public static final int MIN_BYTES = 32;

    private static final String ALGORITHM = "HmacSHA256";
    private static final Pattern ID = Pattern.compile("[a-z0-9-]{1,32}");
    private static final int MIN_DISTINCT_BYTES = 16;

    private final String id;
    private final byte[] bytes;

    /** @throws IllegalArgumentException if the id is malformed, or the key is too short or not random; the message does not contain the key */
    public HashKey(String id, byte[] bytes) {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException("a key's id must be 1 to 32 characters of a-z, 0-9 and -");
        }
        if (bytes.length < MIN_BYTES) {
            throw new IllegalArgumentException(
                    "key %s has %s bytes but must have at least %s".formatted(id, bytes.length, MIN_BYTES));
        }
        if (looksPredictable(bytes)) {
            throw new IllegalArgumentException("key %s is a text or a pattern but must be random bytes".formatted(id));
        }
        this.id = id;
        this.bytes = bytes.clone();
    }

    public String id() {
        return id;
    }

    /** Whether the two keys have the same bytes. */
    public boolean sameBytesAs(HashKey other) {
        return MessageDigest.isEqual(bytes, other.bytes);
    }

    /** Returns a new HMAC-SHA-256 instance initialized with this key. */
    Mac mac() {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(bytes, ALGORITHM));
            return mac;
        } catch (NoSuchAlgorithmException | InvalidKeyException impossible) {
            throw new IllegalStateException("Every Java platform has HMAC-SHA-256", impossible);
        }
    }

    /** Recognizes keys that a random generator practically never makes: it would reject about one random key in 10^13. */
    private static boolean looksPredictable(byte[] bytes) {
        return IntStream.range(0, bytes.length).map(at -> bytes[at]).distinct().count() < MIN_DISTINCT_BYTES
                || IntStream.range(0, bytes.length).allMatch(at -> bytes[at] >= ' ' && bytes[at] <= '~')
                || IntStream.range(1, bytes.length)
                                .map(at -> (byte) (bytes[at] - bytes[at - 1]))
                                .distinct()
                                .count()
                        == 1;
    }
}
