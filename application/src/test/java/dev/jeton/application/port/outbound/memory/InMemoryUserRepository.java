package dev.jeton.application.port.outbound.memory;

import dev.jeton.application.page.Page;
import dev.jeton.application.page.PageRequest;
import dev.jeton.application.port.outbound.UserRepository;
import dev.jeton.application.port.outbound.memory.State.UserKey;
import dev.jeton.domain.error.AlreadyExists;
import dev.jeton.domain.error.ErrorReason;
import dev.jeton.domain.error.NotFound;
import dev.jeton.domain.policy.TokenPolicy;
import dev.jeton.domain.tenant.TenantId;
import dev.jeton.domain.user.User;
import dev.jeton.domain.user.UserId;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
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
    public Optional<User> find(TenantId tenantId, UserId userId) {
        State state = transaction.state();
        return Optional.ofNullable(state.users.get(new UserKey(tenantId, userId)))
                .filter(user -> state.tenants.containsKey(tenantId));
    }

    /** Finds only: a transaction holds the store's single lock from its start. */
    @Override
    public Optional<User> lock(TenantId tenantId, UserId userId) {
        return find(tenantId, userId);
    }

    @Override
    public Optional<User> lockForDelete(TenantId tenantId, UserId userId) {
        return find(tenantId, userId);
    }

    @Override
    public Optional<TokenOwner> holdOwner(TenantId tenantId, UserId userId) {
        return find(tenantId, userId).map(user -> {
            TokenPolicy policy = transaction.state().tenants.get(tenantId).policy();
            return new TokenOwner(
                    new TokenTerms(policy, user.role()), Math.min(ownedTokens(user), policy.maxTokensPerUser()));
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
