package dev.jeton.application.token;

import dev.jeton.application.access.AccessRules;
import dev.jeton.application.access.Caller;
import dev.jeton.application.access.Operation;
import dev.jeton.application.port.inbound.Authentication;
import dev.jeton.application.port.inbound.TokenVerification;
import dev.jeton.application.port.inbound.VerifyToken;
import dev.jeton.application.port.outbound.TokenLookup;
import dev.jeton.application.port.outbound.TokenLookup.Snapshot;
import dev.jeton.application.port.outbound.TokenLookup.TokenKey;
import dev.jeton.application.port.outbound.TokenLookup.WorkloadKey;
import dev.jeton.domain.error.Unauthenticated;
import dev.jeton.domain.tenant.TenantId;
import dev.jeton.domain.token.DenialReason;
import dev.jeton.domain.token.PresentedToken;
import dev.jeton.domain.token.SecretHasher;
import dev.jeton.domain.token.TokenFacts;
import dev.jeton.domain.token.Verification;
import dev.jeton.domain.token.VerificationDemand;
import dev.jeton.domain.workload.WorkloadState;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** Judges tokens: those that callers ask about, and the callers' own by the same decision. Thread-safe. */
public final class VerificationUseCases implements TokenVerification, Authentication {
    private final TokenLookup lookup;
    private final SecretHasher hasher;
    private final UsageBuffer usage;

    public VerificationUseCases(TokenLookup lookup, SecretHasher hasher, UsageBuffer usage) {
        this.lookup = lookup;
        this.hasher = hasher;
        this.usage = usage;
    }

    @Override
    public CompletionStage<Caller> authenticate(PresentedToken credential, Operation operation) {
        return lookup.read(Set.of(key(credential)), Set.of())
                .thenApply(snapshot -> admit(credential, operation, snapshot));
    }

    @Override
    public CompletionStage<Verification> verify(PresentedToken credential, VerifyToken command) {
        return judgeAll(credential, Operation.VERIFY_TOKEN, List.of(command)).thenApply(results -> results.get(0));
    }

    @Override
    public CompletionStage<List<Verification>> verifyAll(PresentedToken credential, List<VerifyToken> commands) {
        return judgeAll(credential, Operation.BATCH_VERIFY_TOKENS, commands);
    }

    private CompletionStage<List<Verification>> judgeAll(
            PresentedToken credential, Operation operation, List<VerifyToken> commands) {
        Set<TokenKey> tokens = new HashSet<>();
        Set<WorkloadKey> workloads = new HashSet<>();
        tokens.add(key(credential));
        for (VerifyToken command : commands) {
            if (command.presented() != null) {
                tokens.add(key(command.presented()));
                if (command.workloadId() != null) {
                    workloads.add(new WorkloadKey(command.presented().tenantId(), command.workloadId()));
                }
            }
        }
        return lookup.read(tokens, workloads).thenApply(snapshot -> {
            Caller caller = admit(credential, operation, snapshot);
            return commands.stream()
                    .map(command -> judge(caller, command, snapshot))
                    .toList();
        });
    }

    private Caller admit(PresentedToken credential, Operation operation, Snapshot snapshot) {
        Caller caller = ownToken(judge(credential, VerificationDemand.NONE, snapshot))
                .map(Caller::of)
                .orElseThrow(Unauthenticated::new);
        usage.used(key(credential), snapshot.time());
        AccessRules.require(caller, operation);
        return caller;
    }

    /** A caller uses Jeton itself and no workload, so that being assigned to none does not keep it out. */
    private static Optional<TokenFacts> ownToken(Verification verification) {
        if (verification instanceof Verification.Allowed allowed) {
            return Optional.of(allowed.token());
        }
        return verification instanceof Verification.Denied denied && denied.reason() == DenialReason.UNASSIGNED
                ? Optional.ofNullable(denied.token())
                : Optional.empty();
    }

    private Verification judge(Caller caller, VerifyToken command, Snapshot snapshot) {
        if (command.presented() == null) {
            return Verification.malformed();
        }
        TenantId own = AccessRules.verifiableTenant(caller);
        TenantId demanded = command.tenantId() == null ? own : command.tenantId();
        if (own != null && !own.equals(demanded)) {
            return new Verification.Denied(DenialReason.NOT_FOUND, null);
        }
        return judge(
                command.presented(),
                new VerificationDemand(demanded, command.workloadId(), command.scopes()),
                snapshot);
    }

    private Verification judge(PresentedToken presented, VerificationDemand demand, Snapshot snapshot) {
        TokenKey key = key(presented);
        Optional<TokenFacts> facts = Optional.ofNullable(snapshot.tokens().get(key));
        Verification verification = Verification.judge(
                presented, demand, facts, workloadState(key, demand, snapshot), hasher, snapshot.time());
        if (verification instanceof Verification.Allowed) {
            usage.used(key, snapshot.time());
        }
        return verification;
    }

    private static Optional<WorkloadState> workloadState(TokenKey token, VerificationDemand demand, Snapshot snapshot) {
        return demand.workloadId() == null
                ? Optional.empty()
                : Optional.ofNullable(snapshot.workloads().get(new WorkloadKey(token.tenantId(), demand.workloadId())));
    }

    private static TokenKey key(PresentedToken presented) {
        return new TokenKey(presented.tenantId(), presented.tokenId());
    }
}
