package dev.jeton.application.user;

import dev.jeton.application.access.AccessRules;
import dev.jeton.application.access.Caller;
import dev.jeton.application.access.Missing;
import dev.jeton.application.access.Operation;
import dev.jeton.application.access.TenantAccess;
import dev.jeton.application.audit.AuditedResource;
import dev.jeton.application.audit.Auditor;
import dev.jeton.application.idempotency.Idempotency;
import dev.jeton.application.idempotency.Idempotency.CreateCall;
import dev.jeton.application.page.Page;
import dev.jeton.application.page.PageRequest;
import dev.jeton.application.port.inbound.Created;
import dev.jeton.application.port.inbound.user.CreateUser;
import dev.jeton.application.port.inbound.user.Profile;
import dev.jeton.application.port.inbound.user.UpdateUser;
import dev.jeton.application.port.inbound.user.UserAdministration;
import dev.jeton.application.port.outbound.Repositories;
import dev.jeton.application.port.outbound.Transactor;
import dev.jeton.domain.error.ErrorReason;
import dev.jeton.domain.error.FailedPrecondition;
import dev.jeton.domain.id.TimeOrderedIds;
import dev.jeton.domain.resource.Etag;
import dev.jeton.domain.scope.Scope;
import dev.jeton.domain.scope.Scopes;
import dev.jeton.domain.tenant.Tenant;
import dev.jeton.domain.tenant.TenantId;
import dev.jeton.domain.token.TokenId;
import dev.jeton.domain.user.User;
import dev.jeton.domain.user.UserId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Manages users. Thread-safe. */
public final class UserUseCases implements UserAdministration {
    private final Transactor transactor;
    private final InstantSource clock;
    private final TimeOrderedIds ids;
    private final Auditor auditor;
    private final Idempotency idempotency;

    public UserUseCases(
            Transactor transactor, InstantSource clock, TimeOrderedIds ids, Auditor auditor, Idempotency idempotency) {
        this.transactor = transactor;
        this.clock = clock;
        this.ids = ids;
        this.auditor = auditor;
        this.idempotency = idempotency;
    }

    @Override
    public Created<User> create(Caller caller, CreateUser command) {
        AccessRules.require(caller, Operation.CREATE_USER);
        AccessRules.requireRank(caller, command.role());
        TenantId tenantId = TenantAccess.resolve(caller, command.tenantId());
        User user = User.create(
                tenantId,
                new UserId(ids.next()),
                command.email(),
                command.displayName(),
                command.role(),
                clock.instant());
        return transactor.inTransaction(repositories -> {
            tenant(repositories, tenantId);
            return idempotency.createOnce(
                    repositories,
                    new CreateCall(caller, Operation.CREATE_USER, command.requestKey()),
                    user.id().value(),
                    () -> {
                        repositories.users().insert(user);
                        auditor.created(repositories, caller, Operation.CREATE_USER, AuditedResource.of(user));
                        return user;
                    },
                    id -> user(repositories, tenantId, new UserId(id)));
        });
    }

    @Override
    public User get(Caller caller, UserId userId) {
        AccessRules.require(caller, Operation.GET_USER);
        return transactor.inTransaction(repositories -> {
            TenantId tenantId = TenantAccess.tenantOf(userId, caller, repositories.directory());
            return user(repositories, tenantId, userId);
        });
    }

    @Override
    public Page<User> list(Caller caller, @Nullable TenantId tenantId, PageRequest page) {
        AccessRules.require(caller, Operation.LIST_USERS);
        return transactor.inTransaction(repositories -> {
            Tenant tenant = tenant(repositories, TenantAccess.resolve(caller, tenantId));
            return repositories.users().page(tenant.id(), page);
        });
    }

    @Override
    public User update(Caller caller, UpdateUser command) {
        AccessRules.require(caller, Operation.UPDATE_USER);
        if (command.role() != null) {
            AccessRules.requireRank(caller, command.role());
        }
        return change(
                caller,
                Operation.UPDATE_USER,
                command.userId(),
                command.etag(),
                (user, now) -> user.update(command.email(), command.displayName(), command.role(), now));
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
        AccessRules.require(caller, Operation.DELETE_USER);
        transactor.inTransaction(repositories -> {
            User user = lock(caller, repositories, userId);
            user.revision().requireEtag(etag);
            if (user.isActiveOperator()) {
                requireAnotherOperator(repositories, user);
            }
            List<TokenId> tokenIds = repositories.tokens().deleteByOwner(user.tenantId(), userId, clock.instant());
            repositories.users().delete(user.tenantId(), userId);
            auditor.deleted(
                    repositories,
                    caller,
                    Operation.DELETE_USER,
                    AuditedResource.of(user).withTokens(tokenIds));
            return userId;
        });
    }

    @Override
    public Profile profile(Caller caller) {
        AccessRules.require(caller, Operation.GET_PROFILE);
        return transactor.inTransaction(repositories -> new Profile(
                user(repositories, caller.tenantId(), caller.userId()),
                tenant(repositories, caller.tenantId()),
                Scopes.of(caller.scopes().values().stream()
                        .filter(Scope::isReserved)
                        .toList())));
    }

    private User change(
            Caller caller,
            Operation operation,
            UserId userId,
            @Nullable Etag etag,
            BiFunction<User, Instant, User> change) {
        AccessRules.require(caller, operation);
        return transactor.inTransaction(repositories -> {
            User user = lock(caller, repositories, userId);
            User changed = change.apply(user, clock.instant());
            if (changed != user) {
                user.revision().requireEtag(etag);
                if (user.isActiveOperator() && !changed.isActiveOperator()) {
                    requireAnotherOperator(repositories, user);
                }
                repositories.users().update(changed);
                auditor.changed(repositories, caller, operation, AuditedResource.of(user), AuditedResource.of(changed));
            }
            return changed;
        });
    }

    /** The tenant lock serializes operators who remove each other at the same time. */
    private static void requireAnotherOperator(Repositories repositories, User operator) {
        repositories.tenants().lock(operator.tenantId());
        if (repositories.users().countActiveOperators(operator.tenantId()) < 2) {
            throw new FailedPrecondition(
                    ErrorReason.LAST_OPERATOR_PROTECTED,
                    "User %s is the last active operator; create another operator first.".formatted(operator.id()),
                    Map.of("user_id", operator.id().toString()));
        }
    }

    /** Locks the user; rejects callers with a lower role than the user's. */
    private static User lock(Caller caller, Repositories repositories, UserId userId) {
        TenantId tenantId = TenantAccess.tenantOf(userId, caller, repositories.directory());
        User user = repositories.users().lock(tenantId, userId).orElseThrow(() -> Missing.user(userId));
        AccessRules.requireRank(caller, user.role());
        return user;
    }

    private static User user(Repositories repositories, TenantId tenantId, UserId userId) {
        return repositories.users().find(tenantId, userId).orElseThrow(() -> Missing.user(userId));
    }

    private static Tenant tenant(Repositories repositories, TenantId tenantId) {
        return repositories.tenants().find(tenantId).orElseThrow(() -> Missing.tenant(tenantId));
    }
}
