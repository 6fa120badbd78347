package dev.jeton.domain.token;

import java.security.MessageDigest;

/**
 * The stored one-way hash of a secret and the scheme that made it. The scheme allows changing the hash without reissuing tokens. A fast
 * hash is enough because secrets have 190 random bits. Immutable; compared only in constant time.
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

    /** Returns a copy, for storage. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** Compares in constant time. */
    public boolean sameAs(SecretDigest other) {
        return scheme.equals(other.scheme) && hasBytes(other.bytes);
    }

    /** Compares in constant time. */
    boolean hasBytes(byte[] others) {
        return MessageDigest.isEqual(bytes, others);
    }
}
