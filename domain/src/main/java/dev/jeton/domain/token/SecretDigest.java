package dev.jeton.domain.token;

import java.security.MessageDigest;

/**
 * The one-way hash that is kept of a secret, with the name of the scheme that made it, so that the scheme can change without reissuing.
 * Secrets have 190 random bits, so that a fast hash is enough. Immutable; compared in constant time only.
 */
public final class SecretDigest {
    private final String scheme;
    private final byte[] bytes;

    public SecretDigest(String scheme, byte[] bytes) {
        this.scheme = scheme;
        this.bytes = bytes.clone();
    }

    public String scheme() {
        return scheme;
    }

    /** A copy, for storage. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** In a time that does not depend on where the two differ. */
    public boolean sameAs(SecretDigest other) {
        return scheme.equals(other.scheme) && MessageDigest.isEqual(bytes, other.bytes);
    }
}
