package dev.jeton.application.call;

import dev.jeton.application.access.AccessRules;
import dev.jeton.application.access.Caller;
import dev.jeton.application.access.Operation;
import dev.jeton.application.port.inbound.RequestKey;
import dev.jeton.application.port.outbound.Repositories;
import dev.jeton.application.port.outbound.RequestLog.Key;
import dev.jeton.application.port.outbound.SweepRepository.Sweep;
import dev.jeton.application.port.outbound.Transactor;
import dev.jeton.domain.audit.CallId;
import dev.jeton.domain.audit.Origin;
import dev.jeton.domain.error.ErrorReason;
import dev.jeton.domain.error.FailedPrecondition;
import dev.jeton.domain.id.TimeOrderedIds;
import dev.jeton.domain.tenant.TenantState;
import dev.jeton.domain.user.Role;
import dev.jeton.domain.user.User;
import dev.jeton.domain.user.UserId;
import dev.jeton.domain.user.UserState;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Runs management calls, each in one transaction; see {@link Transactor} for what that means for the work. Thread-safe. */
public final class Calls {
    private final Transactor transactor;
    private final SecureRandom random;
    private final Duration requestIdRetention;

    /** @param requestIdRetention how long a request id is remembered */
    public Calls(Transactor transactor, SecureRandom random, Duration requestIdRetention) {
        this.transactor = transactor;
        this.random = random;
        this.requestIdRetention = requestIdRetention;
    }

    /** Gives an authenticated caller the id of its call. */
    public Caller begin(Caller caller, Instant now) {
        return caller.inCall(newCallId(now));
    }

    /**
     * Returns the caller acting as another user.
     *
     * @throws dev.jeton.domain.error.PermissionDenied unless the caller may act as others and the user may perform the operation
     * @throws dev.jeton.domain.error.NotFound with USER_NOT_FOUND if the caller cannot see the user
     * @throws FailedPrecondition with ACTED_USER_DISABLED if the user is disabled or its tenant is suspended
     */
    public Caller actAs(Caller caller, UserId userId, Operation operation) {
        AccessRules.requireActAs(caller);
        User user = transactor.inTransaction(repositories -> active(userId, call(caller, operation, repositories)));
        Role role = user.role().compareTo(caller.role()) < 0 ? user.role() : caller.role();
        Caller acting = caller.actingAs(user.tenantId(), userId, role);
        AccessRules.require(acting, operation);
        return acting;
    }

    /**
     * Checks the caller's permission, before anything is read, and runs the work.
     *
     * @throws dev.jeton.domain.error.PermissionDenied unless the caller has the scope and at least the role that the operation requires
     */
    public <T> T run(Caller caller, Operation operation, Function<Call, T> work) {
        AccessRules.require(caller, operation);
        return transactor.inTransaction(repositories -> work.apply(call(caller, operation, repositories)));
    }

    /** Runs the work of a command on the machine itself, which has no caller and needs no permission. */
    public <T> T runLocally(String action, BiFunction<Repositories, Changes, T> work) {
        return transactor.inTransaction(repositories -> {
            CallId callId = newCallId(repositories.moment().time());
            return work.apply(
                    repositories, new Changes(repositories, new Origin(action, null, null, null, callId), random));
        });
    }

    /**
     * Runs the work on the deletion that an earlier call began, with that call's origin. Returns whether there was one that no other
     * transaction works on.
     */
    public boolean resume(BiConsumer<Sweep, Changes> work) {
        return transactor.inTransaction(repositories -> {
            Optional<Sweep> found = repositories.sweeps().lockNext();
            found.ifPresent(sweep -> work.accept(sweep, new Changes(repositories, sweep.origin(), random)));
            return found.isPresent();
        });
    }

    /** Returns the current time by the store's clock. */
    public Instant now() {
        return transactor.inTransaction(Repositories::moment).time();
    }

    private Call call(Caller caller, Operation operation, Repositories repositories) {
        Changes changes = new Changes(repositories, origin(caller, operation), random);
        return new Call(caller, operation, repositories, changes, requestIdRetention);
    }

    static Origin origin(Caller caller, Operation operation) {
        CallId callId = caller.callId();
        if (callId == null) {
            throw new IllegalStateException("A management call must have a call id");
        }
        return new Origin(
                operation.rpcName(),
                caller.actorId(),
                caller.tokenId(),
                caller.userId().equals(caller.actorId()) ? null : caller.userId(),
                callId);
    }

    static Key key(Caller caller, Operation operation, RequestKey requestKey) {
        return new Key(caller.tenantId(), caller.userId(), operation.rpcName(), requestKey.requestId());
    }

    private CallId newCallId(Instant now) {
        TimeOrderedIds ids = new TimeOrderedIds(random);
        ids.advanceTo(now);
        return new CallId(ids.next());
    }

    private static User active(UserId userId, Call call) {
        User user = call.user(userId);
        boolean suspended = call.repositories()
                .tenants()
                .find(user.tenantId())
                .filter(tenant -> tenant.state() == TenantState.ACTIVE)
                .isEmpty();
        if (suspended || user.state() != UserState.ACTIVE) {
            throw new FailedPrecondition(
                    ErrorReason.ACTED_USER_DISABLED,
                    "The caller cannot act as user %s: the user is disabled or its tenant is suspended."
                            .formatted(user.id()),
                    Map.of("user_id", user.id().toString()));
        }
        return user;
    }
}
