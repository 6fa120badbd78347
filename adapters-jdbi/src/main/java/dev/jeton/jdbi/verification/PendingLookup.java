package dev.jeton.jdbi.verification;

import dev.jeton.application.port.outbound.TokenLookup.Snapshot;
import dev.jeton.application.port.outbound.TokenLookup.TokenKey;
import dev.jeton.application.port.outbound.TokenLookup.WorkloadKey;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** One caller's lookup, completed with its answer. */
final class PendingLookup extends CompletableFuture<Snapshot> {
    private final Set<TokenKey> tokens;
    private final Set<WorkloadKey> workloads;
    private final long arrival = System.nanoTime();

    PendingLookup(Set<TokenKey> tokens, Set<WorkloadKey> workloads) {
        this.tokens = tokens;
        this.workloads = workloads;
    }

    Set<TokenKey> tokens() {
        return tokens;
    }

    Set<WorkloadKey> workloads() {
        return workloads;
    }

    /** Returns how many keys it reads. */
    int keys() {
        return tokens.size() + workloads.size();
    }

    long waitingNanos(long now) {
        return now - arrival;
    }
}
