package dev.jeton.application.port.outbound.memory;

import dev.jeton.application.port.outbound.StoredDigests;
import dev.jeton.application.port.outbound.memory.State.StoredToken;
import dev.jeton.domain.token.SecretDigest;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Replaces the digests of stored tokens. Thread-safe. */
final class InMemoryStoredDigests implements StoredDigests {
    private final Store store;

    InMemoryStoredDigests(Store store) {
        this.store = store;
    }

    @Override
    public void replace(List<Replacement> replacements) {
        store.change(state -> {
            replacements.forEach(replacement -> state.tokens.computeIfPresent(
                    replacement.token(),
                    (same, stored) -> stored.digest().sameAs(replacement.stale())
                            ? new StoredToken(stored.token(), replacement.fresh())
                            : stored));
            return replacements;
        });
    }

    @Override
    public List<SecretDigest> registerFingerprints(List<SecretDigest> fingerprints) {
        return store.change(state -> {
            fingerprints.forEach(fingerprint -> state.fingerprints.putIfAbsent(fingerprint.scheme(), fingerprint));
            return fingerprints.stream()
                    .map(fingerprint -> state.fingerprints.get(fingerprint.scheme()))
                    .toList();
        });
    }

    @Override
    public Set<String> schemesInUse() {
        State state = store.committed();
        return state.tokens.values().stream()
                .map(stored -> stored.digest().scheme())
                .filter(state.fingerprints::containsKey)
                .collect(Collectors.toSet());
    }
}
