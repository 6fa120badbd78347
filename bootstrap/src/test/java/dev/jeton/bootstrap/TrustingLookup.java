package dev.jeton.bootstrap;

import dev.jeton.application.port.outbound.TokenLookup;
import dev.jeton.domain.verification.TokenFacts;
import dev.jeton.domain.workload.WorkloadState;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/** A broken lookup: caches for five seconds without invalidation. */
final class TrustingLookup implements TokenLookup {
    private static final Duration WHILE = Duration.ofSeconds(5);

    private final TokenLookup lookup;
    private final Map<TokenKey, Trusted<TokenFacts>> tokens = new ConcurrentHashMap<>();
    private final Map<WorkloadKey, Trusted<WorkloadState>> workloads = new ConcurrentHashMap<>();

    TrustingLookup(TokenLookup lookup) {
        this.lookup = lookup;
    }

    private record Trusted<V>(V value, Instant until) {}

    @Override
    public CompletionStage<Snapshot> read(Set<TokenKey> tokenKeys, Set<WorkloadKey> workloadKeys) {
        Instant now = Instant.now();
        forget(tokens, tokenKeys, now);
        forget(workloads, workloadKeys, now);
        if (tokens.keySet().containsAll(tokenKeys) && workloads.keySet().containsAll(workloadKeys)) {
            return CompletableFuture.completedFuture(
                    new Snapshot(now, trusted(tokens, tokenKeys), trusted(workloads, workloadKeys)));
        }
        return lookup.read(tokenKeys, workloadKeys).thenApply(found -> {
            Instant until = now.plus(WHILE);
            found.tokens().forEach((key, facts) -> tokens.put(key, new Trusted<>(facts, until)));
            found.workloads().forEach((key, state) -> workloads.put(key, new Trusted<>(state, until)));
            return found;
        });
    }

    private static <K, V> void forget(Map<K, Trusted<V>> all, Set<K> keys, Instant now) {
        keys.forEach(
                key -> all.computeIfPresent(key, (same, held) -> held.until().isBefore(now) ? null : held));
    }

    private static <K, V> Map<K, V> trusted(Map<K, Trusted<V>> all, Set<K> keys) {
        Map<K, V> values = new ConcurrentHashMap<>();
        keys.forEach(key -> {
            Trusted<V> held = all.get(key);
            if (held != null) {
                values.put(key, held.value());
            }
        });
        return values;
    }
}
