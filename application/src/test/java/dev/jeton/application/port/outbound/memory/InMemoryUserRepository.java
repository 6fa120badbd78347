package dev.jeton.application.port.outbound.memory;

import dev.jeton.application.page.Page;
import dev.jeton.application.page.PageRequest;
import dev.jeton.application.port.outbound.Reach;
import dev.jeton.application.port.outbound.UserRepository;
import dev.jeton.application.port.outbound.memory.State.UserKey;
import dev.jeton.domain.error.AlreadyExists;
import dev.jeton.domain.error.ErrorReason;
import dev.jeton.domain.error.NotFound;
import dev.jeton.domain.policy.TokenPolicy;
import dev.jeton.domain.tenant.TenantId;
import dev.jeton.domain.user.User;
import dev.jeton.domain.user.UserId;
import dev.jeton.domain.workload.WorkloadId;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The users of one transaction. */
final class InMemoryUserRepository implements UserRepository {
    private final Transaction transaction;

    InMemoryUserRepository(Transaction transaction) {
        this.transaction = transaction;
    }

    @Override
    public void insert(User user) {
        State state = transaction.state();
        if (!state.tenants.containsKey(user.tenantId())) {
            throw transaction.fail(new NotFound(ErrorReason.TENANT_NOT_FOUND, "The tenant is gone."));
        }
        requireFreeEmail(user);
        if (state.users.putIfAbsent(State.key(user), user) != null) {
            throw new IllegalStateException("User " + user.id() + " already exists");
        }
    }

    @Override
    public Optional<User> find(Reach reach, UserId userId) {
        State state = transaction.state();
        TenantId tenantId = state.tenant(
                reach,
                state.users.keySet().stream()
                        .filter(key -> key.userId().equals(userId))
                        .map(UserKey::tenantId));
        return Optional.ofNullable(state.users.get(new UserKey(tenantId, userId)))
                .filter(user -> state.tenants.containsKey(tenantId));
    }

    @Override
    public Optional<UserOfTenant> findWithTenant(Reach reach, UserId userId) {
        return find(reach, userId)
                .map(user -> new UserOfTenant(user, transaction.state().tenants.get(user.tenantId())));
    }

    /** Finds only: a transaction holds the store's single lock from its start. */
    @Override
    public Optional<User> lock(Reach reach, UserId userId) {
        return find(reach, userId);
    }

    @Override
    public Optional<User> lockForDelete(Reach reach, UserId userId) {
        return find(reach, userId);
    }

    @Override
    public Optional<TokenOwner> holdOwner(Reach reach, UserId userId, Set<WorkloadId> wanted) {
        return find(reach, userId).map(user -> {
            State state = transaction.state();
            TokenPolicy policy = state.tenants.get(user.tenantId()).policy();
            return new TokenOwner(
                    user.tenantId(),
                    new TokenTerms(policy, user.role()),
                    Math.min(ownedTokens(user), policy.maxTokensPerUser()),
                    state.existing(user.tenantId(), wanted));
        });
    }

    @Override
    public void update(User user) {
        transaction.requireNext(
                find(user.tenantId(), user.id()).map(User::revision).orElse(null), user.revision());
        requireFreeEmail(user);
        transaction.state().users.put(State.key(user), user);
    }

    @Override
    public void delete(TenantId tenantId, UserId userId) {
        transaction.state().users.remove(new UserKey(tenantId, userId));
    }

    @Override
    public List<User> deleteByTenant(TenantId tenantId, int limit) {
        State state = transaction.state();
        if (state.tenants.containsKey(tenantId)) {
            return List.of();
        }
        List<User> deleted =
                Paging.newest(ofDeleted(tenantId), limit, user -> user.id().value());
        deleted.forEach(user -> state.users.remove(State.key(user)));
        return deleted;
    }

    @Override
    public Page<User> page(TenantId tenantId, PageRequest page) {
        return Paging.descending(of(tenantId), page, user -> user.id().value());
    }

    @Override
    public int countActiveOperators(TenantId tenantId) {
        return (int) of(tenantId).filter(User::isActiveOperator).count();
    }

    @Override
    public Optional<User> firstActiveOperator(TenantId tenantId) {
        return of(tenantId)
                .filter(User::isActiveOperator)
                .min(Comparator.comparing(user -> user.id().value(), Paging.BY_BYTES));
    }

    private int ownedTokens(User user) {
        return (int) transaction.state().tokens.values().stream()
                .filter(stored -> stored.token().tenantId().equals(user.tenantId())
                        && stored.token().ownerId().equals(user.id()))
                .count();
    }

    private Stream<User> of(TenantId tenantId) {
        return ofDeleted(tenantId).filter(user -> transaction.state().tenants.containsKey(tenantId));
    }

    private Stream<User> ofDeleted(TenantId tenantId) {
        return transaction.state().users.values().stream()
                .filter(user -> user.tenantId().equals(tenantId));
    }

    private void requireFreeEmail(User user) {
        if (of(user.tenantId())
                .anyMatch(other -> !other.id().equals(user.id())
                        && other.email().key().equals(user.email().key()))) {
            throw transaction.fail(new AlreadyExists(ErrorReason.EMAIL_TAKEN, "The email is taken."));
        }
    }
}
