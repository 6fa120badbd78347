package dev.jeton.application.call;

import dev.jeton.application.access.AccessRules;
import dev.jeton.application.access.Caller;
import dev.jeton.application.access.Missing;
import dev.jeton.application.access.Operation;
import dev.jeton.application.port.inbound.Created;
import dev.jeton.application.port.inbound.RequestKey;
import dev.jeton.application.port.outbound.Repositories;
import dev.jeton.application.port.outbound.RequestLog.Entry;
import dev.jeton.application.port.outbound.RequestLog.Key;
import dev.jeton.application.port.outbound.TokenRepository.LockedToken;
import dev.jeton.domain.error.AlreadyExists;
import dev.jeton.domain.error.ErrorReason;
import dev.jeton.domain.tenant.Tenant;
import dev.jeton.domain.tenant.TenantId;
import dev.jeton.domain.token.TokenId;
import dev.jeton.domain.user.User;
import dev.jeton.domain.user.UserId;
import dev.jeton.domain.workload.Workload;
import dev.jeton.domain.workload.WorkloadId;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One permitted call that may make changes, in its transaction. The first lock reads all that the decision needs, and the writes wait for the
 * commit, so that a call takes two round trips. Obtained from {@link Calls#run}; valid only inside the work it is passed to. Not thread-safe.
 */
public final class Call extends ReadCall {
    private final Operation operation;
    private final Repositories repositories;
    private final Changes changes;
    private final Duration requestIdRetention;

    Call(Caller caller, Operation operation, Repositories repositories, Changes changes, Duration requestIdRetention) {
        super(caller, repositories);
        this.operation = operation;
        this.repositories = repositories;
        this.changes = changes;
        this.requestIdRetention = requestIdRetention;
    }

    public Changes changes() {
        return changes;
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
        return ranked(repositories.users().lock(reach(), id).orElseThrow(() -> Missing.user(id)));
    }

    /** @throws dev.jeton.domain.error.PermissionDenied if the caller's role is below the user's */
    public User lockForDelete(UserId id) {
        return ranked(repositories.users().lockForDelete(reach(), id).orElseThrow(() -> Missing.user(id)));
    }

    public Workload lock(WorkloadId id) {
        return repositories.workloads().lock(reach(), id).orElseThrow(() -> Missing.workload(id));
    }

    public Workload lockForDelete(WorkloadId id) {
        return repositories.workloads().lockForDelete(reach(), id).orElseThrow(() -> Missing.workload(id));
    }

    /**
     * Locks the token.
     *
     * @param wanted workloads to look up with it
     * @throws dev.jeton.domain.error.PermissionDenied if the caller's role is below the owner's
     */
    public LockedToken lock(TokenId id, Set<WorkloadId> wanted) {
        return ranked(repositories.tokens().lock(reach(), id, wanted)).orElseThrow(() -> Missing.token(id));
    }

    /**
     * Locks the token; empty if the caller cannot see it.
     *
     * @throws dev.jeton.domain.error.PermissionDenied if the caller's role is below the owner's
     */
    public Optional<LockedToken> lockForDelete(TokenId id) {
        return ranked(repositories.tokens().lockForDelete(reach(), id));
    }

    /** Claims the request id; the answer arrives with the next lock. */
    void claim(RequestKey requestKey) {
        repositories.requests().claim(key(requestKey));
    }

    /**
     * Creates a resource, or finds the one that an earlier call with the same request id created. Take all locks first.
     *
     * @param requestKey the one that {@link Calls#create} got; null: the call is not idempotent and always creates
     * @param create writes the resource under the given id; runs only if this call is the first
     * @param find loads the resource that an earlier call created
     * @throws AlreadyExists with REQUEST_ID_REUSED if the earlier call had a different request
     */
    public <T> Created<T> createOnce(
            @Nullable RequestKey requestKey, Function<UUID, T> create, Function<UUID, T> find) {
        Optional<UUID> earlier = requestKey == null ? Optional.empty() : earlier(requestKey);
        if (earlier.isPresent()) {
            return new Created<>(find.apply(earlier.get()), true);
        }
        UUID newId = changes.newId();
        if (requestKey != null) {
            repositories.requests().put(key(requestKey), new Entry(requestKey.bodyDigest(), newId, now()));
        }
        return new Created<>(create.apply(newId), false);
    }

    private Optional<UUID> earlier(RequestKey requestKey) {
        return repositories
                .requests()
                .find(key(requestKey))
                .filter(entry -> !entry.time().isBefore(now().minus(requestIdRetention)))
                .map(entry -> requireSameBody(entry, requestKey).resourceId());
    }

    private Key key(RequestKey requestKey) {
        return Calls.key(caller(), operation, requestKey);
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
        AccessRules.requireRank(caller(), user.role());
        return user;
    }

    private Optional<LockedToken> ranked(Optional<LockedToken> locked) {
        locked.ifPresent(
                found -> AccessRules.requireRank(caller(), found.terms().ownerRole()));
        return locked;
    }
}
