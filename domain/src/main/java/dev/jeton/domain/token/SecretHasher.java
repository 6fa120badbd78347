package dev.jeton.domain.token;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Hashes secrets by the scheme {@code sha256}: plain SHA-256 of the whole ASCII text. Thread-safe. */
public final class SecretHasher {
    private static final String SHA256 = "sha256";

    private final MessageDigest prototype;

    public SecretHasher() {
        try {
            prototype = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java platform has SHA-256", impossible);
        }
    }

    /** What to store of a new secret. */
    public SecretDigest digest(TokenSecret secret) {
        return sha256(secret.ascii());
    }

    /** Whether {@code stored} was made of what is presented; false for a scheme that is not known here. */
    public boolean matches(PresentedToken presented, SecretDigest stored) {
        return sha256(presented.ascii()).sameAs(stored);
    }

    private SecretDigest sha256(byte[] ascii) {
        try {
            return new SecretDigest(SHA256, ((MessageDigest) prototype.clone()).digest(ascii));
        } catch (CloneNotSupportedException impossible) {
            throw new IllegalStateException("The platform's SHA-256 can be cloned", impossible);
        }
    }
}
