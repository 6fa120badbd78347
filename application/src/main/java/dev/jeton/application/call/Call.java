package dev.jeton.application.call;

import dev.jeton.application.access.AccessRules;
import dev.jeton.application.access.Caller;
import dev.jeton.application.access.Missing;
import dev.jeton.application.access.Operation;
import dev.jeton.application.port.inbound.Created;
import dev.jeton.application.port.inbound.RequestKey;
import dev.jeton.application.port.outbound.Directory;
import dev.jeton.application.port.outbound.Repositories;
import dev.jeton.application.port.outbound.RequestLog.Entry;
import dev.jeton.application.port.outbound.RequestLog.Key;
import dev.jeton.application.port.outbound.TokenRepository.LockedToken;
import dev.jeton.domain.error.AlreadyExists;
import dev.jeton.domain.error.ErrorReason;
import dev.jeton.domain.tenant.Tenant;
import dev.jeton.domain.tenant.TenantId;
import dev.jeton.domain.token.Token;
import dev.jeton.domain.token.TokenId;
import dev.jeton.domain.user.Role;
import dev.jeton.domain.user.User;
import dev.jeton.domain.user.UserId;
import dev.jeton.domain.workload.Workload;
import dev.jeton.domain.workload.WorkloadId;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One permitted call in its transaction: who calls, what the caller can see, when it is, and how to make changes. Operators see every tenant,
 * others only their own, and members only their own tokens; anything else is reported as not found, as a random id is. Obtained from
 * {@link Calls#run}; valid only inside the work it is passed to. Not thread-safe.
 */
public final class Call {
    private final Caller caller;
    private final Operation operation;
    private final Repositories repositories;
    private final Changes changes;
    private final Duration requestIdRetention;

    Call(Caller caller, Operation operation, Repositories repositories, Changes changes, Duration requestIdRetention) {
        this.caller = caller;
        this.operation = operation;
        this.repositories = repositories;
        this.changes = changes;
        this.requestIdRetention = requestIdRetention;
    }

    public Caller caller() {
        return caller;
    }

    /** Returns the repositories for reading; write through {@link #changes()}. */
    public Repositories repositories() {
        return repositories;
    }

    public Changes changes() {
        return changes;
    }

    /** Returns the instant of the call, by the store's clock. Take all locks first. */
    public Instant now() {
        return changes.now();
    }

    /** Returns the named tenant, or the caller's own if {@code named} is null; TENANT_NOT_FOUND if the caller cannot see it. */
    public TenantId visible(@Nullable TenantId named) {
        if (named == null || named.equals(caller.tenantId())) {
            return caller.tenantId();
        }
        if (!caller.isOperator()) {
            throw Missing.tenant(named);
        }
        return named;
    }

    /** Returns the only tenant in which the caller could see the user. */
    public TenantId tenantOf(UserId id) {
        return tenantOf(directory -> directory.tenantOf(id)).orElseThrow(() -> Missing.user(id));
    }

    /** Returns the only tenant in which the caller could see the workload. */
    public TenantId tenantOf(WorkloadId id) {
        return tenantOf(directory -> directory.tenantOf(id)).orElseThrow(() -> Missing.workload(id));
    }

    /** Returns the only tenant in which the caller could see the token. */
    public TenantId tenantOf(TokenId id) {
        return tenantOf(directory -> directory.tenantOf(id)).orElseThrow(() -> Missing.token(id));
    }

    /** Whether the caller can see the tokens of {@code ownerId}, a user in a tenant that it can see. */
    public boolean canSeeTokensOf(UserId ownerId) {
        return caller.role() != Role.MEMBER || ownerId.equals(caller.userId());
    }

    /** @param named null: the caller's own */
    public Tenant tenant(@Nullable TenantId named) {
        TenantId id = visible(named);
        return repositories.tenants().find(id).orElseThrow(() -> Missing.tenant(id));
    }

    public User user(UserId id) {
        return repositories.users().find(tenantOf(id), id).orElseThrow(() -> Missing.user(id));
    }

    public Workload workload(WorkloadId id) {
        return repositories.workloads().find(tenantOf(id), id).orElseThrow(() -> Missing.workload(id));
    }

    public Token token(TokenId id) {
        return repositories
                .tokens()
                .find(tenantOf(id), id)
                .filter(found -> canSeeTokensOf(found.ownerId()))
                .orElseThrow(() -> Missing.token(id));
    }

    /**
     * Finds the tenant of something to be created, and keeps others from deleting the tenant.
     *
     * @param named null: the caller's own
     */
    public Tenant hold(@Nullable TenantId named) {
        TenantId id = visible(named);
        return repositories.tenants().hold(id).orElseThrow(() -> Missing.tenant(id));
    }

    public Tenant lock(TenantId id) {
        return repositories.tenants().lock(visible(id)).orElseThrow(() -> Missing.tenant(id));
    }

    public Tenant lockForDelete(TenantId id) {
        return repositories.tenants().lockForDelete(visible(id)).orElseThrow(() -> Missing.tenant(id));
    }

    /** @throws dev.jeton.domain.error.PermissionDenied if the caller's role is below the user's */
    public User lock(UserId id) {
        return ranked(repositories.users().lock(tenantOf(id), id).orElseThrow(() -> Missing.user(id)));
    }

    /** @throws dev.jeton.domain.error.PermissionDenied if the caller's role is below the user's */
    public User lockForDelete(UserId id) {
        return ranked(repositories.users().lockForDelete(tenantOf(id), id).orElseThrow(() -> Missing.user(id)));
    }

    public Workload lock(WorkloadId id) {
        return repositories.workloads().lock(tenantOf(id), id).orElseThrow(() -> Missing.workload(id));
    }

    public Workload lockForDelete(WorkloadId id) {
        return repositories.workloads().lockForDelete(tenantOf(id), id).orElseThrow(() -> Missing.workload(id));
    }

    /**
     * Locks the token; empty if the caller cannot see it.
     *
     * @throws dev.jeton.domain.error.PermissionDenied if the caller's role is below the owner's
     */
    public Optional<LockedToken> lock(TokenId id) {
        return lock(id, repositories.tokens()::lock);
    }

    /** Locks the token as {@link #lock(TokenId)} does. */
    public Optional<LockedToken> lockForDelete(TokenId id) {
        return lock(id, repositories.tokens()::lockForDelete);
    }

    private Optional<LockedToken> lock(TokenId id, BiFunction<TenantId, TokenId, Optional<LockedToken>> lock) {
        TenantId tenantId = tenantOf(id);
        // Checked before locking, because waiting for a lock would reveal that another member's token exists.
        if (caller.role() == Role.MEMBER
                && repositories
                        .tokens()
                        .find(tenantId, id)
                        .filter(token -> canSeeTokensOf(token.ownerId()))
                        .isEmpty()) {
            return Optional.empty();
        }
        Optional<LockedToken> locked = lock.apply(tenantId, id);
        locked.ifPresent(found -> AccessRules.requireRank(caller, found.terms().ownerRole()));
        return locked;
    }

    /**
     * Creates a resource, or finds the one that an earlier call with the same request id created.
     *
     * @param requestKey null: the call is not idempotent and always creates
     * @param create writes the resource under the given id; runs only if this call is the first
     * @param find loads the resource that an earlier call created
     * @throws AlreadyExists with REQUEST_ID_REUSED if the earlier call had a different request
     */
    public <T> Created<T> createOnce(
            @Nullable RequestKey requestKey, Function<UUID, T> create, Function<UUID, T> find) {
        UUID newId = changes.newId();
        Optional<UUID> earlier = requestKey == null ? Optional.empty() : earlier(requestKey, newId);
        return earlier.isPresent()
                ? new Created<>(find.apply(earlier.get()), true)
                : new Created<>(create.apply(newId), false);
    }

    private Optional<UUID> earlier(RequestKey requestKey, UUID newId) {
        Key key = Calls.key(caller, operation, requestKey);
        Instant now = now();
        return repositories
                .requests()
                .putIfAbsent(key, new Entry(requestKey.bodyDigest(), newId, now), now.minus(requestIdRetention))
                .map(entry -> requireSameBody(entry, requestKey).resourceId());
    }

    private static Entry requireSameBody(Entry earlier, RequestKey requestKey) {
        if (!earlier.bodyDigest().equals(requestKey.bodyDigest())) {
            throw new AlreadyExists(
                    ErrorReason.REQUEST_ID_REUSED,
                    "request_id %s was used by an earlier call with a different request; use a new request_id for each create."
                            .formatted(requestKey.requestId()),
                    Map.of("request_id", requestKey.requestId().toString()));
        }
        return earlier;
    }

    private User ranked(User user) {
        AccessRules.requireRank(caller, user.role());
        return user;
    }

    private Optional<TenantId> tenantOf(Function<Directory, Optional<TenantId>> lookup) {
        return caller.isOperator() ? lookup.apply(repositories.directory()) : Optional.of(caller.tenantId());
    }
}
