package dev.jeton.application.port.outbound;

import dev.jeton.application.port.outbound.TokenLookup.TokenKey;
import dev.jeton.domain.token.SecretDigest;
import java.util.List;
import java.util.Set;

/**
 * Stores secret digests and key fingerprints, across tenants. Methods fail with DATABASE_UNAVAILABLE if the store does not answer.
 * Thread-safe.
 */
public interface StoredDigests {

    /**
     * Replaces the stale digest of each token. Skips tokens that have a different digest now or do not exist. Changes neither revisions nor
     * tenant positions, because no verdict changes: replicas that cache the stale digest may keep using it.
     */
    void replace(List<Replacement> replacements);

    /**
     * Registers each fingerprint permanently, unless its scheme already has one.
     *
     * @return the registered fingerprints of these schemes
     */
    List<SecretDigest> registerFingerprints(List<SecretDigest> fingerprints);

    /** Returns the {@link #registerFingerprints registered} schemes that at least one token uses. */
    Set<String> schemesInUse();

    /** The old and new digest of a token's secret. */
    record Replacement(TokenKey token, SecretDigest stale, SecretDigest fresh) {}
}
