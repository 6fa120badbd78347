package dev.jeton.application.token;

import dev.jeton.application.access.AccessRules;
import dev.jeton.application.access.Caller;
import dev.jeton.application.access.Operation;
import dev.jeton.application.call.Calls;
import dev.jeton.application.port.inbound.verification.Authentication;
import dev.jeton.application.port.inbound.verification.TokenVerification;
import dev.jeton.application.port.inbound.verification.VerifyToken;
import dev.jeton.application.port.outbound.TokenLookup;
import dev.jeton.application.port.outbound.TokenLookup.Snapshot;
import dev.jeton.application.port.outbound.TokenLookup.TokenKey;
import dev.jeton.application.port.outbound.TokenLookup.WorkloadKey;
import dev.jeton.domain.error.Unauthenticated;
import dev.jeton.domain.error.Unavailable;
import dev.jeton.domain.tenant.TenantId;
import dev.jeton.domain.token.PresentedToken;
import dev.jeton.domain.token.SecretHasher;
import dev.jeton.domain.user.UserId;
import dev.jeton.domain.verification.LiveSecret;
import dev.jeton.domain.verification.TokenFacts;
import dev.jeton.domain.verification.Verification;
import dev.jeton.domain.verification.VerificationDemand;
import dev.jeton.domain.verification.VerifiedToken;
import dev.jeton.domain.workload.WorkloadState;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Verifies presented tokens, and authenticates callers by the same decision. Thread-safe. */
public final class VerificationUseCases implements TokenVerification, Authentication {
    private final TokenLookup lookup;
    private final SecretHasher hasher;
    private final UsageBuffer usage;
    private final StaleDigests staleDigests;
    private final Calls calls;

    public VerificationUseCases(
            TokenLookup lookup, SecretHasher hasher, UsageBuffer usage, StaleDigests staleDigests, Calls calls) {
        this.lookup = lookup;
        this.calls = calls;
        this.hasher = hasher;
        this.usage = usage;
        this.staleDigests = staleDigests;
    }

    @Override
    public CompletionStage<Caller> authenticate(PresentedToken credential, Operation operation) {
        return lookup.read(Set.of(key(credential)), Set.of())
                .thenApply(snapshot -> calls.begin(admit(credential, operation, snapshot), snapshot.time()));
    }

    @Override
    public Caller actAs(Caller caller, UserId userId, Operation operation) {
        return calls.actAs(caller, userId, operation);
    }

    @Override
    public CompletionStage<Verification> verify(PresentedToken credential, VerifyToken command) {
        return read(credential, List.of(command))
                .thenApply(
                        snapshot -> evaluate(admit(credential, Operation.VERIFY_TOKEN, snapshot), command, snapshot));
    }

    @Override
    public CompletionStage<List<Verification>> verifyAll(PresentedToken credential, List<VerifyToken> commands) {
        return read(credential, commands).thenApply(snapshot -> {
            Caller caller = admit(credential, Operation.BATCH_VERIFY_TOKENS, snapshot);
            return commands.stream()
                    .map(command -> evaluateOne(caller, command, snapshot))
                    .toList();
        });
    }

    /** A fault of one secret, such as a missing key, must not fail the others. */
    private Verification evaluateOne(Caller caller, VerifyToken command, Snapshot snapshot) {
        try {
            return evaluate(caller, command, snapshot);
        } catch (Unavailable fault) {
            return new Verification.Undecided(fault);
        }
    }

    /** Reads the caller's token and everything that the commands need in one lookup. */
    private CompletionStage<Snapshot> read(PresentedToken credential, List<VerifyToken> commands) {
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
        return lookup.read(tokens, workloads);
    }

    private Caller admit(PresentedToken credential, Operation operation, Snapshot snapshot) {
        if (!(evaluate(credential, VerificationDemand.OF_CALLERS, snapshot) instanceof Verification.Allowed allowed)) {
            throw new Unauthenticated();
        }
        Caller caller = Caller.of(allowed.token());
        AccessRules.require(caller, operation);
        return caller;
    }

    private Verification evaluate(Caller caller, VerifyToken command, Snapshot snapshot) {
        if (command.presented() == null) {
            return Verification.Unknown.MALFORMED;
        }
        TenantId own = AccessRules.verifiableTenant(caller);
        TenantId demanded = command.tenantId() == null ? own : command.tenantId();
        if (own != null && !own.equals(demanded)) {
            return Verification.Unknown.NOT_FOUND;
        }
        return evaluate(
                command.presented(), VerificationDemand.of(demanded, command.workloadId(), command.scopes()), snapshot);
    }

    private Verification evaluate(PresentedToken presented, VerificationDemand demand, Snapshot snapshot) {
        TokenFacts facts = snapshot.tokens().get(key(presented));
        LiveSecret secret = facts == null ? null : facts.match(presented, demand, hasher, snapshot.time());
        if (secret == null) {
            return Verification.Unknown.NOT_FOUND;
        }
        Verification verification = facts.verify(demand, workloadState(facts, demand, snapshot), snapshot.time());
        if (verification instanceof Verification.Allowed allowed) {
            recordUse(presented, allowed.token(), secret, snapshot.time());
        }
        return verification;
    }

    /** Records a use, and rehashes a stale digest while the matching secret is available. */
    private void recordUse(PresentedToken presented, VerifiedToken token, LiveSecret matched, Instant time) {
        // Built from the cached ids, so that the next use compares the same objects.
        TokenKey key = new TokenKey(token.tenantId(), token.tokenId());
        usage.record(key, time);
        if (!hasher.isNewest(matched.digest())) {
            staleDigests.add(key, matched.digest(), () -> hasher.digest(presented));
        }
    }

    private static @Nullable WorkloadState workloadState(
            TokenFacts facts, VerificationDemand demand, Snapshot snapshot) {
        return demand.workloadId() == null
                ? null
                : snapshot.workloads().get(new WorkloadKey(facts.token().tenantId(), demand.workloadId()));
    }

    private static TokenKey key(PresentedToken presented) {
        return new TokenKey(presented.tenantId(), presented.tokenId());
    }
}
