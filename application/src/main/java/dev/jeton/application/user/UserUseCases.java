package dev.jeton.application.user;

import dev.jeton.application.access.AccessRules;
import dev.jeton.application.access.Caller;
import dev.jeton.application.access.Missing;
import dev.jeton.application.access.Operation;
import dev.jeton.application.call.Call;
import dev.jeton.application.call.Calls;
import dev.jeton.application.page.Page;
import dev.jeton.application.page.PageRequest;
import dev.jeton.application.port.inbound.Created;
import dev.jeton.application.port.inbound.user.CreateUser;
import dev.jeton.application.port.inbound.user.Profile;
import dev.jeton.application.port.inbound.user.UpdateUser;
import dev.jeton.application.port.inbound.user.UserAdministration;
import dev.jeton.application.port.outbound.Reach;
import dev.jeton.application.port.outbound.UserRepository.UserOfTenant;
import dev.jeton.domain.error.ErrorReason;
import dev.jeton.domain.error.FailedPrecondition;
import dev.jeton.domain.resource.Etag;
import dev.jeton.domain.scope.Scope;
import dev.jeton.domain.scope.Scopes;
import dev.jeton.domain.tenant.TenantId;
import dev.jeton.domain.user.User;
import dev.jeton.domain.user.UserId;
import java.time.Instant;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Manages users. Thread-safe. */
public final class UserUseCases implements UserAdministration {
    private final Calls calls;

    public UserUseCases(Calls calls) {
        this.calls = calls;
    }

    @Override
    public Created<User> create(Caller caller, CreateUser command) {
        return calls.create(caller, Operation.CREATE_USER, command.requestKey(), call -> {
            AccessRules.requireRank(caller, command.role());
            TenantId tenantId = call.hold(command.tenantId()).id();
            return call.createOnce(
                    command.requestKey(),
                    id -> {
                        User user = User.create(
                                tenantId,
                                new UserId(id),
                                command.email(),
                                command.displayName(),
                                command.role(),
                                call.now());
                        call.changes().insert(user);
                        return user;
                    },
                    id -> call.user(new UserId(id)));
        });
    }

    @Override
    public User get(Caller caller, UserId userId) {
        return calls.read(caller, Operation.GET_USER, call -> call.user(userId));
    }

    @Override
    public Page<User> list(Caller caller, @Nullable TenantId tenantId, PageRequest page) {
        return calls.read(
                caller,
                Operation.LIST_USERS,
                call -> call.ofExisting(
                        call.visible(tenantId),
                        existing -> call.repositories().users().page(existing, page)));
    }

    @Override
    public User update(Caller caller, UpdateUser command) {
        return change(caller, Operation.UPDATE_USER, command.userId(), command.etag(), (user, now) -> {
            if (command.role() != null) {
                AccessRules.requireRank(caller, command.role());
            }
            return user.update(command.email(), command.displayName(), command.role(), now);
        });
    }

    @Override
    public User disable(Caller caller, UserId userId, @Nullable Etag etag) {
        return change(caller, Operation.DISABLE_USER, userId, etag, User::disable);
    }

    @Override
    public User enable(Caller caller, UserId userId, @Nullable Etag etag) {
        return change(caller, Operation.ENABLE_USER, userId, etag, User::enable);
    }

    @Override
    public void delete(Caller caller, UserId userId, @Nullable Etag etag) {
        calls.run(caller, Operation.DELETE_USER, call -> {
            User user = call.lockForDelete(userId);
            user.revision().requireEtag(etag);
            if (user.isActiveOperator()) {
                requireAnotherOperator(call, user);
            }
            call.changes().delete(user);
            return userId;
        });
    }

    @Override
    public Profile profile(Caller caller) {
        return calls.read(caller, Operation.GET_PROFILE, call -> {
            UserOfTenant own = call.repositories()
                    .users()
                    .findWithTenant(Reach.of(caller.tenantId()), caller.userId())
                    .orElseThrow(() -> Missing.user(caller.userId()));
            return new Profile(
                    own.user(),
                    own.tenant(),
                    Scopes.of(caller.scopes().values().stream()
                            .filter(Scope::isReserved)
                            .toList()));
        });
    }

    private User change(
            Caller caller,
            Operation operation,
            UserId userId,
            @Nullable Etag etag,
            BiFunction<User, Instant, User> change) {
        return calls.run(caller, operation, call -> {
            User user = call.lock(userId);
            User changed = change.apply(user, call.now());
            if (changed != user) {
                user.revision().requireEtag(etag);
                if (user.isActiveOperator() && !changed.isActiveOperator()) {
                    requireAnotherOperator(call, user);
                }
                call.changes().update(user, changed);
            }
            return changed;
        });
    }

    /** The tenant lock serializes operators who remove each other at the same time. */
    private static void requireAnotherOperator(Call call, User operator) {
        call.lock(operator.tenantId());
        if (call.repositories().users().countActiveOperators(operator.tenantId()) < 2) {
            throw new FailedPrecondition(
                    ErrorReason.LAST_OPERATOR_PROTECTED,
                    "User %s is the last active operator; create another operator first.".formatted(operator.id()),
                    Map.of("user_id", operator.id().toString()));
        }
    }
}
