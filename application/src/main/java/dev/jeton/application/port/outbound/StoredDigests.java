package dev.jeton.application.port.outbound;

import dev.jeton.application.port.outbound.TokenLookup.TokenKey;
import dev.jeton.domain.token.SecretDigest;
import java.util.List;
import java.util.Set;

/** What is kept of tokens' secrets, across tenants, and by which keys. Thread-safe; DATABASE_UNAVAILABLE when the store does not answer. */
public interface StoredDigests {

    /**
     * Puts the fresh digest of each token in place of the stale one, and passes over a token that has another by now, or does not exist (any
     * more). Neither a token's revision nor its tenant's position is touched: nothing that a caller may see or a verdict depends on has
     * changed, and a server that still holds the stale digest is right to go by it.
     */
    void replace(List<Replacement> replacements);

    /**
     * Remembers what a scheme makes of one and the same text, for good. The first to come counts.
     *
     * @return what is remembered of these schemes
     */
    List<SecretDigest> remember(List<SecretDigest> fingerprints);

    /** Those of the schemes {@link #remember remembered} that there is a token of. */
    Set<String> schemesInUse();

    /** Two digests of one token's secret. */
    record Replacement(TokenKey token, SecretDigest stale, SecretDigest fresh) {}
}
