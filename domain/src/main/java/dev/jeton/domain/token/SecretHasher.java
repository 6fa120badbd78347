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
 * Hashes secrets, that is the whole of their ASCII text: by plain SHA-256 (scheme {@code sha256}), or, if it is given keys, by HMAC-SHA-256 with the
 * newest of them (scheme {@code hmac-sha256:KEYID}). What the others or none made is still recognised. Thread-safe.
 */
public final class SecretHasher {
    /** The scheme that needs no key. */
    public static final String KEYLESS = "sha256";

    private static final String KEYED = "hmac-sha256:";
    private static final byte[] FINGERPRINTED =
            "the fingerprint of a key that hashes secrets".getBytes(StandardCharsets.US_ASCII);

    private final Map<String, UnaryOperator<byte[]>> schemes = new HashMap<>();
    private final List<String> keyed;
    private final String newest;

    /** One without a key. */
    public SecretHasher() {
        this(List.of());
    }

    /** @param keys the newest first; with different ids */
    public SecretHasher(List<HashKey> keys) {
        this(keys, keys.isEmpty() ? KEYLESS : KEYED + keys.get(0).id());
    }

    private SecretHasher(List<HashKey> keys, String newest) {
        this.newest = newest;
        keyed = keys.stream().map(key -> KEYED + key.id()).toList();
        schemes.put(KEYLESS, sha256());
        for (HashKey key : keys) {
            if (schemes.put(KEYED + key.id(), hmacSha256(key)) != null) {
                throw new IllegalArgumentException("Two keys go by the id " + key.id());
            }
        }
    }

    /**
     * One that hashes without a key, and recognises what others make with keys: for a fleet that is about to begin with one, or has gone back
     * to none.
     *
     * @param recognised with different ids
     */
    public static SecretHasher keyless(List<HashKey> recognised) {
        return new SecretHasher(recognised, KEYLESS);
    }

    /** What to store of a new secret. */
    public SecretDigest digest(TokenSecret secret) {
        return digest(newest, secret.ascii());
    }

    /** What to store of a secret that has been found to match, where what is stored is not {@link #isNewest of the newest scheme}. */
    public SecretDigest digest(PresentedToken matching) {
        return digest(newest, matching.ascii());
    }

    /**
     * Whether {@code stored} was made of what is presented. SECRET_KEY_MISSING if it was made by a scheme or with a key that is not known
     * here, which says nothing about what is presented.
     */
    public boolean matches(PresentedToken presented, SecretDigest stored) {
        return digest(stored.scheme(), presented.ascii()).sameAs(stored);
    }

    public boolean isNewest(SecretDigest stored) {
        return stored.scheme().equals(newest);
    }

    public boolean knows(String scheme) {
        return schemes.containsKey(scheme);
    }

    /** What each key makes of one and the same text, which is no secret: two keys of one id are told apart by it, and neither is given away. */
    public List<SecretDigest> fingerprints() {
        return keyed.stream().map(scheme -> digest(scheme, FINGERPRINTED)).toList();
    }

    private SecretDigest digest(String scheme, byte[] ascii) {
        UnaryOperator<byte[]> hash = schemes.get(scheme);
        if (hash == null) {
            throw new Unavailable(
                    ErrorReason.SECRET_KEY_MISSING,
                    "This server cannot judge the token; try again, another may.",
                    new IllegalStateException(
                            "a token is stored by the scheme " + scheme + ", whose key this server was not given"));
        }
        return new SecretDigest(scheme, hash.apply(ascii));
    }

    /** Copies of one that is ready: to ask the platform for another each time would cost more than the hash. */
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
