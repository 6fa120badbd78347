package dev.jeton.application.token;

import dev.jeton.application.port.outbound.TokenLookup;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** Records the keys that were read. */
final class RecordingLookup implements TokenLookup {
    final List<Set<TokenKey>> tokens = new ArrayList<>();
    final List<Set<WorkloadKey>> workloads = new ArrayList<>();

    private final TokenLookup lookup;

    RecordingLookup(TokenLookup lookup) {
        this.lookup = lookup;
    }

    @Override
    public CompletionStage<Snapshot> read(Set<TokenKey> tokenKeys, Set<WorkloadKey> workloadKeys) {
        tokens.add(tokenKeys);
        workloads.add(workloadKeys);
        return lookup.read(tokenKeys, workloadKeys);
    }
}
