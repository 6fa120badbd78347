package dev.jeton.application.port.outbound.memory;

import dev.jeton.application.port.outbound.TokenLookup;
import dev.jeton.application.port.outbound.memory.State.StoredToken;
import dev.jeton.application.port.outbound.memory.State.UserKey;
import dev.jeton.domain.policy.Expiry;
import dev.jeton.domain.tenant.Tenant;
import dev.jeton.domain.token.Token;
import dev.jeton.domain.user.User;
import dev.jeton.domain.verification.LiveSecret;
import dev.jeton.domain.verification.SecretId;
import dev.jeton.domain.verification.TokenFacts;
import dev.jeton.domain.verification.VerifiedToken;
import dev.jeton.domain.workload.WorkloadState;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Reads the committed state. Thread-safe. */
final class InMemoryTokenLookup implements TokenLookup {
    private final Store store;
    private final InstantSource clock;

    InMemoryTokenLookup(Store store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    @Override
    public CompletionStage<Snapshot> read(Set<TokenKey> tokens, Set<WorkloadKey> workloads) {
        State state = store.committed();
        Map<TokenKey, TokenFacts> facts = new HashMap<>();
        for (TokenKey key : tokens) {
            StoredToken stored = state.tokens.get(key);
            if (stored != null && state.isVisible(stored.token())) {
                facts.put(key, facts(stored, state));
            }
        }
        Map<WorkloadKey, WorkloadState> states = new HashMap<>();
        for (WorkloadKey key : workloads) {
            if (state.workloads.containsKey(key)) {
                states.put(key, state.workloads.get(key).state());
            }
        }
        return CompletableFuture.completedStage(
                new Snapshot(clock.instant().truncatedTo(ChronoUnit.MICROS), facts, states));
    }

    private static TokenFacts facts(StoredToken stored, State state) {
        Token token = state.visible(stored.token());
        Tenant tenant = state.tenants.get(token.tenantId());
        User owner = state.users.get(new UserKey(token.tenantId(), token.ownerId()));
        return new TokenFacts(
                new VerifiedToken(
                        token.tenantId(),
                        token.id(),
                        token.ownerId(),
                        owner.role(),
                        token.tenantWide(),
                        token.workloadIds(),
                        token.scopes(),
                        token.expiry()),
                List.of(new LiveSecret(SecretId.ofFirst(token.id()), stored.digest(), Expiry.NEVER)),
                tenant.state(),
                tenant.policy().workloadRule().requiredForUse(),
                owner.state(),
                token.cancellation() != null);
    }
}
