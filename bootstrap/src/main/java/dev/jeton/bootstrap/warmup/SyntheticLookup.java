package dev.jeton.bootstrap.warmup;

import dev.jeton.application.port.outbound.TokenLookup;
import dev.jeton.domain.verification.TokenFacts;
import dev.jeton.domain.workload.WorkloadState;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * Reads a real token for each synthetic one, so that the real lookup does its usual work, and then answers with the synthetic tenant's facts.
 * Thread-safe.
 */
final class SyntheticLookup implements TokenLookup {
    private final TokenLookup lookup;
    private final SyntheticTenant tenant;
    private final List<TokenKey> real;

    /** @param real keys of stored tokens */
    SyntheticLookup(TokenLookup lookup, SyntheticTenant tenant, List<TokenKey> real) {
        this.lookup = lookup;
        this.tenant = tenant;
        this.real = real;
    }

    @Override
    public CompletionStage<Snapshot> read(Set<TokenKey> tokens, Set<WorkloadKey> workloads) {
        Set<TokenKey> asked = new HashSet<>();
        for (TokenKey key : tokens) {
            asked.add(
                    real.isEmpty() || tenant.facts(key) == null
                            ? key
                            : real.get(Math.floorMod(key.hashCode(), real.size())));
        }
        return lookup.read(asked, Set.of()).thenApply(snapshot -> answer(tokens, workloads, snapshot));
    }

    private Snapshot answer(Set<TokenKey> tokens, Set<WorkloadKey> workloads, Snapshot snapshot) {
        Map<TokenKey, TokenFacts> found = new HashMap<>();
        for (TokenKey key : tokens) {
            TokenFacts facts = tenant.facts(key);
            if (facts != null) {
                found.put(key, facts);
            }
        }
        Map<WorkloadKey, WorkloadState> states = new HashMap<>();
        workloads.forEach(key -> states.put(key, WorkloadState.ACTIVE));
        return new Snapshot(snapshot.time(), Collections.unmodifiableMap(found), Collections.unmodifiableMap(states));
    }
}
