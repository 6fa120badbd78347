package dev.jeton.application.token;

import dev.jeton.application.access.AccessRules;
import dev.jeton.application.access.Caller;
import dev.jeton.application.access.Missing;
import dev.jeton.application.access.Operation;
import dev.jeton.application.access.Reach;
import dev.jeton.application.port.inbound.Authentication;
import dev.jeton.application.port.inbound.TokenVerification;
import dev.jeton.application.port.inbound.VerifyToken;
import dev.jeton.application.port.outbound.Repositories;
import dev.jeton.application.port.outbound.TokenLookup;
import dev.jeton.application.port.outbound.TokenLookup.Snapshot;
import dev.jeton.application.port.outbound.TokenLookup.TokenKey;
import dev.jeton.application.port.outbound.TokenLookup.WorkloadKey;
import dev.jeton.application.port.outbound.Transactor;
import dev.jeton.domain.audit.CallId;
import dev.jeton.domain.error.ErrorReason;
import dev.jeton.domain.error.FailedPrecondition;
import dev.jeton.domain.error.Unauthenticated;
import dev.jeton.domain.id.TimeOrderedIds;
import dev.jeton.domain.tenant.TenantId;
import dev.jeton.domain.tenant.TenantState;
import dev.jeton.domain.token.DenialReason;
import dev.jeton.domain.token.PresentedToken;
import dev.jeton.domain.token.SecretHasher;
import dev.jeton.domain.token.TokenFacts;
import dev.jeton.domain.token.Verification;
import dev.jeton.domain.token.VerificationDemand;
import dev.jeton.domain.user.Role;
import dev.jeton.domain.user.User;
import dev.jeton.domain.user.UserId;
import dev.jeton.domain.user.UserState;
import dev.jeton.domain.workload.WorkloadState;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** Judges tokens: those that callers ask about, and the callers' own by the same decision. Thread-safe. */
public final class VerificationUseCases implements TokenVerification, Authentication {
    private final TokenLookup lookup;
    private final SecretHasher hasher;
    private final UsageBuffer usage;
    private final StaleDigests staleDigests;
    private final Transactor transactor;
    private final TimeOrderedIds ids;

    public VerificationUseCases(
            TokenLookup lookup,
            SecretHasher hasher,
            UsageBuffer usage,
            StaleDigests staleDigests,
            Transactor transactor,
            TimeOrderedIds ids) {
        this.lookup = lookup;
        this.transactor = transactor;
        this.ids = ids;
        this.hasher = hasher;
        this.usage = usage;
        this.staleDigests = staleDigests;
    }

    @Override
    public CompletionStage<Caller> authenticate(PresentedToken credential, Operation operation) {
        return lookup.read(Set.of(key(credential)), Set.of())
                .thenApply(snapshot -> admit(credential, operation, snapshot).inCall(new CallId(ids.next())));
    }

    @Override
    public Caller actAs(Caller caller, UserId userId, Operation operation) {
        AccessRules.requireActAs(caller);
        User user = transactor.inTransaction(repositories -> {
            TenantId tenantId = Reach.tenantOf(userId, caller, repositories.directory());
            User found = repositories.users().find(tenantId, userId).orElseThrow(() -> Missing.user(userId));
            requireInForce(found, repositories);
            return found;
        });
        Role role = user.role().compareTo(caller.role()) < 0 ? user.role() : caller.role();
        Caller acting = caller.actingAs(user.tenantId(), userId, role);
        AccessRules.require(acting, operation);
        return acting;
    }

    private static void requireInForce(User user, Repositories repositories) {
        boolean suspended = repositories
                .tenants()
                .find(user.tenantId())
                .filter(tenant -> tenant.state() == TenantState.ACTIVE)
                .isEmpty();
        if (suspended || user.state() != UserState.ACTIVE) {
            throw new FailedPrecondition(
                    ErrorReason.ACTED_USER_DISABLED,
                    "User %s is disabled, or its tenant suspended, and cannot be acted as.".formatted(user.id()),
                    Map.of("user_id", user.id().toString()));
        }
    }

    @Override
    public CompletionStage<Verification> verify(PresentedToken credential, VerifyToken command) {
        return read(credential, List.of(command))
                .thenApply(snapshot -> judge(admit(credential, Operation.VERIFY_TOKEN, snapshot), command, snapshot));
    }

    @Override
    public CompletionStage<List<Verification>> verifyAll(PresentedToken credential, List<VerifyToken> commands) {
        return read(credential, commands).thenApply(snapshot -> {
            Caller caller = admit(credential, Operation.BATCH_VERIFY_TOKENS, snapshot);
            return commands.stream()
                    .map(command -> judge(caller, command, snapshot))
                    .toList();
        });
    }

    /** Looks at the caller's token and at all that it asks about. */
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
        TokenFacts token =
                ownToken(judge(credential, VerificationDemand.NONE, snapshot)).orElseThrow(Unauthenticated::new);
        used(credential, token, snapshot.time());
        Caller caller = Caller.of(token);
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
        if (verification instanceof Verification.Allowed allowed) {
            used(presented, allowed.token(), snapshot.time());
        }
        return verification;
    }

    /** The secret matches and is let through: the one moment at which it can be hashed anew. */
    private void used(PresentedToken presented, TokenFacts token, Instant time) {
        // Made of what is held, which the next use will compare itself with.
        TokenKey key = new TokenKey(token.tenantId(), token.tokenId());
        usage.used(key, time);
        if (!hasher.isNewest(token.digest())) {
            staleDigests.note(key, token.digest(), () -> hasher.digest(presented));
        }
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
