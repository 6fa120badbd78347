package dev.jeton.domain.token;

import dev.jeton.domain.error.ErrorReason;
import dev.jeton.domain.error.Unavailable;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import javax.crypto.Mac;

/**
 * Hashes the full ASCII text of secrets: with HMAC-SHA-256 and the newest key (scheme {@code hmac-sha256:KEYID}), or with plain SHA-256
 * (scheme {@code sha256}) if there is no key. Still verifies digests made with older keys or without a key. Thread-safe.
 */
public final class SecretHasher {
    /** The scheme without a key. */
    public static final String KEYLESS = "sha256";

    private static final String KEYED = "hmac-sha256:";
    private static final byte[] FINGERPRINTED =
            "the fingerprint of a key that hashes secrets".getBytes(StandardCharsets.US_ASCII);

    private final Map<String, UnaryOperator<byte[]>> schemes = new HashMap<>();
    private final List<String> keyed;
    private final String newest;

    /** Creates a hasher without keys. */
    public SecretHasher() {
        this(List.of());
    }

    /** @param keys newest first, with distinct ids */
    public SecretHasher(List<HashKey> keys) {
        this(keys, keys.isEmpty() ? KEYLESS : KEYED + keys.get(0).id());
    }

    private SecretHasher(List<HashKey> keys, String newest) {
        this.newest = newest;
        keyed = keys.stream().map(key -> KEYED + key.id()).toList();
        schemes.put(KEYLESS, sha256());
        for (HashKey key : keys) {
            if (schemes.put(KEYED + key.id(), hmacSha256(key)) != null) {
                throw new IllegalArgumentException("Two keys have the id " + key.id());
            }
        }
    }

    /**
     * Creates a hasher that hashes without a key but verifies digests made with the given keys. Use it on every replica before the first
     * key is introduced, and after the last one is withdrawn.
     *
     * @param verifyOnly the keys, with distinct ids
     */
    public static SecretHasher keyless(List<HashKey> verifyOnly) {
        return new SecretHasher(verifyOnly, KEYLESS);
    }

    /** Returns the digest to store for a new secret. */
    public SecretDigest digest(TokenSecret secret) {
        return digest(newest, secret.ascii());
    }

    /** Returns the digest to store for a matching secret whose stored digest is not of the {@link #isNewest newest scheme}. */
    public SecretDigest digest(PresentedToken matching) {
        return digest(newest, matching.ascii());
    }

    /**
     * Whether {@code stored} is a digest of {@code presented}.
     *
     * @throws Unavailable with SECRET_KEY_MISSING if this hasher does not support the scheme of {@code stored}
     */
    public boolean matches(PresentedToken presented, SecretDigest stored) {
        return stored.hasBytes(hash(stored.scheme(), presented.ascii()));
    }

    public boolean isNewest(SecretDigest stored) {
        return stored.scheme().equals(newest);
    }

    public boolean supports(String scheme) {
        return schemes.containsKey(scheme);
    }

    /** Returns each key's digest of a fixed, public text. It tells two keys with the same id apart without revealing either. */
    public List<SecretDigest> fingerprints() {
        return keyed.stream().map(scheme -> digest(scheme, FINGERPRINTED)).toList();
    }

    private SecretDigest digest(String scheme, byte[] ascii) {
        return new SecretDigest(scheme, hash(scheme, ascii));
    }

    private byte[] hash(String scheme, byte[] ascii) {
        UnaryOperator<byte[]> hash = schemes.get(scheme);
        if (hash == null) {
            throw new Unavailable(
                    ErrorReason.SECRET_KEY_MISSING,
                    "This replica lacks the key to verify the token; retry, another replica may have it.",
                    new IllegalStateException(
                            "a token's digest uses the scheme " + scheme + ", and this replica was not given its key"));
        }
        return hash.apply(ascii);
    }

    /** Clones a prototype, because looking up the algorithm each time costs more than the hash. */
    private static UnaryOperator<byte[]> sha256() {
        try {
            MessageDigest prototype = MessageDigest.getInstance("SHA-256");
            return ascii -> {
                try {
                    return ((MessageDigest) prototype.clone()).digest(ascii);
                } catch (CloneNotSupportedException impossible) {
                    throw new IllegalStateException("The platform's SHA-256 can be cloned", impossible);
                }
            };
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java platform has SHA-256", impossible);
        }
    }

    private static UnaryOperator<byte[]> hmacSha256(HashKey key) {
        Mac prototype = key.mac();
        return ascii -> {
            try {
                return ((Mac) prototype.clone()).doFinal(ascii);
            } catch (CloneNotSupportedException impossible) {
                throw new IllegalStateException("The platform's HMAC-SHA-256 can be cloned", impossible);
            }
        };
    }
}
