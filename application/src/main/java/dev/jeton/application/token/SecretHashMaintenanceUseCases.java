package dev.jeton.application.token;

import dev.jeton.application.port.inbound.upkeep.SecretHashMaintenance;
import dev.jeton.application.port.outbound.StoredDigests;
import dev.jeton.domain.token.SecretDigest;
import dev.jeton.domain.token.SecretHasher;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Checks hash keys against the store and rehashes stale digests. Thread-safe. */
public final class SecretHashMaintenanceUseCases implements SecretHashMaintenance {
    private static final int BATCH_SIZE = 500;

    private final SecretHasher hasher;
    private final StaleDigests stale;
    private final StoredDigests digests;

    public SecretHashMaintenanceUseCases(SecretHasher hasher, StaleDigests stale, StoredDigests digests) {
        this.hasher = hasher;
        this.stale = stale;
        this.digests = digests;
    }

    @Override
    public void requireKeys() {
        Set<String> missing = new TreeSet<>(digests.schemesInUse());
        missing.removeIf(hasher::supports);
        if (!missing.isEmpty()) {
            throw new IllegalStateException(
                    "The database has tokens hashed with a key that this server was not given: %s. Add the key to --secret-key-file, below the newest one if there is another"
                            .formatted(String.join(", ", missing)));
        }
        List<SecretDigest> own = hasher.fingerprints();
        Map<String, SecretDigest> known = new HashMap<>();
        digests.registerFingerprints(own).forEach(fingerprint -> known.put(fingerprint.scheme(), fingerprint));
        List<String> others = own.stream()
                .filter(fingerprint -> !fingerprint.sameAs(known.get(fingerprint.scheme())))
                .map(SecretDigest::scheme)
                .toList();
        if (!others.isEmpty()) {
            throw new IllegalStateException(
                    "The database knows a different key with the same id: %s. Use the other replicas' key in --secret-key-file, or give a new key a new id"
                            .formatted(String.join(", ", others)));
        }
    }

    @Override
    public boolean rehash() {
        return stale.flushTo(digests, BATCH_SIZE);
    }
}
