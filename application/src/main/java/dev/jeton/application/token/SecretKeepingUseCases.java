package dev.jeton.application.token;

import dev.jeton.application.port.inbound.SecretKeeping;
import dev.jeton.application.port.outbound.StoredDigests;
import dev.jeton.domain.token.SecretDigest;
import dev.jeton.domain.token.SecretHasher;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Looks after the hashes of secrets. Thread-safe. */
public final class SecretKeepingUseCases implements SecretKeeping {
    private static final int DIGESTS_AT_A_TIME = 500;

    private final SecretHasher hasher;
    private final StaleDigests stale;
    private final StoredDigests digests;

    public SecretKeepingUseCases(SecretHasher hasher, StaleDigests stale, StoredDigests digests) {
        this.hasher = hasher;
        this.stale = stale;
        this.digests = digests;
    }

    @Override
    public void requireKeys() {
        Set<String> missing = new TreeSet<>(digests.schemesInUse());
        missing.removeIf(hasher::knows);
        if (!missing.isEmpty()) {
            throw new IllegalStateException(
                    "There are tokens in the database whose secrets are hashed with a key that this server was not given: %s. Give it that key (--secret-key-file), as an older one if another is to be the newest"
                            .formatted(String.join(", ", missing)));
        }
        List<SecretDigest> own = hasher.fingerprints();
        Map<String, SecretDigest> known = new HashMap<>();
        digests.remember(own).forEach(fingerprint -> known.put(fingerprint.scheme(), fingerprint));
        List<String> others = own.stream()
                .filter(fingerprint -> !fingerprint.sameAs(known.get(fingerprint.scheme())))
                .map(SecretDigest::scheme)
                .toList();
        if (!others.isEmpty()) {
            throw new IllegalStateException(
                    "The database knows another key by the same id: %s. Give this server the same key as the others (--secret-key-file), or a new key a new id"
                            .formatted(String.join(", ", others)));
        }
    }

    @Override
    public boolean rehash() {
        return stale.writeTo(digests, DIGESTS_AT_A_TIME);
    }
}
