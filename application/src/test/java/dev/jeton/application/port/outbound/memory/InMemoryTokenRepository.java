package dev.jeton.application.port.outbound.memory;

import dev.jeton.application.page.Page;
import dev.jeton.application.page.PageRequest;
import dev.jeton.application.page.TokenFilter;
import dev.jeton.application.port.outbound.Reach;
import dev.jeton.application.port.outbound.TokenLookup.TokenKey;
import dev.jeton.application.port.outbound.TokenLookup.WorkloadKey;
import dev.jeton.application.port.outbound.TokenRepository;
import dev.jeton.application.port.outbound.UserRepository;
import dev.jeton.application.port.outbound.memory.State.StoredToken;
import dev.jeton.application.port.outbound.memory.State.Tombstone;
import dev.jeton.application.port.outbound.memory.State.UserKey;
import dev.jeton.domain.error.AlreadyExists;
import dev.jeton.domain.error.ErrorReason;
import dev.jeton.domain.error.NotFound;
import dev.jeton.domain.policy.NameUniqueness;
import dev.jeton.domain.tenant.TenantId;
import dev.jeton.domain.token.SecretDigest;
import dev.jeton.domain.token.Token;
import dev.jeton.domain.token.TokenId;
import dev.jeton.domain.user.UserId;
import dev.jeton.domain.workload.WorkloadId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The tokens of one transaction. */
final class InMemoryTokenRepository implements TokenRepository {
    private final Transaction transaction;
    private final Instant transactionTime;

    InMemoryTokenRepository(Transaction transaction, Instant transactionTime) {
        this.transaction = transaction;
        this.transactionTime = transactionTime;
    }

    @Override
    public void insert(Token token, SecretDigest digest) {
        State state = transaction.state();
        if (!state.users.containsKey(new UserKey(token.tenantId(), token.ownerId()))) {
            throw transaction.fail(new NotFound(ErrorReason.USER_NOT_FOUND, "The owner is gone."));
        }
        requireWorkloads(token);
        requireFreeName(token);
        if (state.tokens.putIfAbsent(State.key(token), new StoredToken(token, digest)) != null) {
            throw new IllegalStateException("Token " + token.id() + " already exists");
        }
    }

    @Override
    public Optional<Token> find(Reach reach, TokenId tokenId) {
        return stored(tenant(reach, tokenId), tokenId)
                .map(StoredToken::token)
                .filter(token ->
                        !(reach instanceof Reach.OwnTokens own) || own.ownerId().equals(token.ownerId()))
                .filter(transaction.state()::isVisible)
                .map(transaction.state()::visible);
    }

    /** Finds only: a transaction holds the store's single lock from its start. */
    @Override
    public Optional<LockedToken> lock(Reach reach, TokenId tokenId, Set<WorkloadId> wanted) {
        UserRepository users = new InMemoryUserRepository(transaction);
        return find(reach, tokenId)
                .map(token -> new LockedToken(
                        token,
                        users.holdOwner(token.tenantId(), token.ownerId())
                                .orElseThrow()
                                .terms(),
                        transaction.state().existing(token.tenantId(), wanted)));
    }

    @Override
    public Optional<LockedToken> lockForDelete(Reach reach, TokenId tokenId) {
        return lock(reach, tokenId, Set.of());
    }

    @Override
    public void update(Token token) {
        State state = transaction.state();
        Optional<StoredToken> stored = stored(token.tenantId(), token.id());
        Token visible = stored.map(old -> state.visible(old.token())).orElse(null);
        transaction.requireNext(visible == null ? null : visible.revision(), token.revision());
        requireWorkloads(token);
        StoredToken old = stored.orElseThrow();
        Token next = TokenRows.updated(old.token(), token, visible);
        requireFreeName(next);
        state.tokens.put(State.key(next), new StoredToken(next, old.digest()));
    }

    @Override
    public void delete(TenantId tenantId, TokenId tokenId, Instant now) {
        TokenKey key = new TokenKey(tenantId, tokenId);
        StoredToken deleted = transaction.state().tokens.remove(key);
        if (deleted != null) {
            transaction
                    .state()
                    .tombstones
                    .put(key, new Tombstone(deleted.token().ownerId(), now));
        }
    }

    @Override
    public Optional<UserId> formerOwner(Reach reach, TokenId tokenId) {
        State state = transaction.state();
        TenantId tenantId = tenant(reach, tokenId);
        return Optional.ofNullable(state.tombstones.get(new TokenKey(tenantId, tokenId)))
                .map(Tombstone::ownerId)
                .or(() -> stored(tenantId, tokenId)
                        .map(StoredToken::token)
                        .filter(token -> !state.isVisible(token))
                        .map(Token::ownerId));
    }

    @Override
    public List<Token> deleteByOwner(TenantId tenantId, UserId ownerId, int limit, Instant now) {
        if (transaction.state().users.containsKey(new UserKey(tenantId, ownerId))) {
            return List.of();
        }
        List<Token> deleted =
                newest(of(tenantId).filter(token -> token.ownerId().equals(ownerId)), limit);
        deleted.forEach(token -> delete(tenantId, token.id(), now));
        return deleted;
    }

    @Override
    public List<Token> deleteByTenant(TenantId tenantId, int limit) {
        State state = transaction.state();
        if (state.tenants.containsKey(tenantId)) {
            return List.of();
        }
        List<Token> deleted = newest(of(tenantId), limit);
        deleted.forEach(token -> state.tokens.remove(State.key(token)));
        return deleted;
    }

    @Override
    public int deleteTombstones(TenantId tenantId, int limit) {
        State state = transaction.state();
        if (state.tenants.containsKey(tenantId)) {
            return 0;
        }
        List<TokenKey> deleted = state.tombstones.keySet().stream()
                .filter(key -> key.tenantId().equals(tenantId))
                .limit(limit)
                .toList();
        deleted.forEach(state.tombstones::remove);
        return deleted.size();
    }

    @Override
    public List<Unassigned> unassign(TenantId tenantId, WorkloadId workloadId, int limit, Instant time) {
        State state = transaction.state();
        if (state.workloads.containsKey(new WorkloadKey(tenantId, workloadId))) {
            return List.of();
        }
        List<Unassigned> unassigned = new ArrayList<>();
        newest(of(tenantId).filter(token -> token.workloadIds().contains(workloadId)), limit)
                .forEach(token -> {
                    StoredToken stored = state.tokens.get(State.key(token));
                    Token without = TokenRows.unassigned(stored.token(), workloadId, time);
                    state.tokens.put(State.key(token), new StoredToken(without, stored.digest()));
                    unassigned.add(
                            new Unassigned(token.id(), state.visible(without).workloadIds()));
                });
        return unassigned;
    }

    @Override
    public Page<Token> page(TenantId tenantId, TokenFilter filter, @Nullable Instant now, PageRequest page) {
        Instant time = now == null ? transactionTime : now;
        return Paging.descending(
                of(tenantId)
                        .filter(transaction.state()::isVisible)
                        .map(transaction.state()::visible)
                        .filter(token -> TokenRows.matches(token, filter, time)),
                page,
                token -> token.id().value());
    }

    private List<Token> newest(Stream<Token> tokens, int limit) {
        return Paging.newest(tokens, limit, token -> token.id().value());
    }

    private TenantId tenant(Reach reach, TokenId tokenId) {
        State state = transaction.state();
        return state.tenant(
                reach,
                Stream.concat(state.tokens.keySet().stream(), state.tombstones.keySet().stream())
                        .filter(key -> key.tokenId().equals(tokenId))
                        .map(TokenKey::tenantId));
    }

    private Optional<StoredToken> stored(TenantId tenantId, TokenId tokenId) {
        return Optional.ofNullable(transaction.state().tokens.get(new TokenKey(tenantId, tokenId)));
    }

    private Stream<Token> of(TenantId tenantId) {
        return transaction.state().tokens.values().stream()
                .map(StoredToken::token)
                .filter(token -> token.tenantId().equals(tenantId));
    }

    private void requireWorkloads(Token token) {
        State state = transaction.state();
        for (WorkloadId workloadId : token.workloadIds()) {
            if (!state.workloads.containsKey(new WorkloadKey(token.tenantId(), workloadId))) {
                throw transaction.fail(new NotFound(ErrorReason.WORKLOAD_NOT_FOUND, "A workload is gone."));
            }
        }
    }

    private void requireFreeName(Token token) {
        if (of(token.tenantId()).anyMatch(other -> takesNameOf(token, other))) {
            throw transaction.fail(new AlreadyExists(ErrorReason.TOKEN_NAME_TAKEN, "The name is taken."));
        }
    }

    private static boolean takesNameOf(Token token, Token other) {
        if (other.id().equals(token.id()) || !other.name().equals(token.name())) {
            return false;
        }
        boolean bothPerTenant = token.nameUniqueness() == NameUniqueness.PER_TENANT
                && other.nameUniqueness() == NameUniqueness.PER_TENANT;
        boolean bothRequired = token.nameUniqueness() != NameUniqueness.NOT_REQUIRED
                && other.nameUniqueness() != NameUniqueness.NOT_REQUIRED;
        return bothPerTenant || bothRequired && other.ownerId().equals(token.ownerId());
    }
}
