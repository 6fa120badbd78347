package dev.jeton.application.port.outbound.memory;

import dev.jeton.application.page.Page;
import dev.jeton.application.page.PageRequest;
import dev.jeton.application.page.TokenFilter;
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
import dev.jeton.domain.error.QuotaExceeded;
import dev.jeton.domain.policy.NameUniqueness;
import dev.jeton.domain.tenant.TenantId;
import dev.jeton.domain.token.SecretDigest;
import dev.jeton.domain.token.Token;
import dev.jeton.domain.token.TokenId;
import dev.jeton.domain.user.UserId;
import dev.jeton.domain.workload.WorkloadId;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The tokens of one transaction. */
final class InMemoryTokenRepository implements TokenRepository {
    private final Transaction transaction;

    InMemoryTokenRepository(Transaction transaction) {
        this.transaction = transaction;
    }

    @Override
    public void insert(Token token, SecretDigest digest, int maxTokensPerUser) {
        State state = transaction.state();
        if (!state.users.containsKey(new UserKey(token.tenantId(), token.ownerId()))) {
            throw transaction.fail(new NotFound(ErrorReason.USER_NOT_FOUND, "The owner is gone."));
        }
        requireWorkloads(token);
        requireFreeName(token);
        if (maxTokensPerUser > 0
                && of(token.tenantId())
                                .filter(other -> other.ownerId().equals(token.ownerId()))
                                .count()
                        >= maxTokensPerUser) {
            throw transaction.fail(new QuotaExceeded(
                    ErrorReason.TOKEN_QUOTA_EXCEEDED, "The owner has as many tokens as allowed.", Map.of()));
        }
        if (state.tokens.putIfAbsent(State.key(token), new StoredToken(token, digest)) != null) {
            throw new IllegalStateException("Token " + token.id() + " already exists");
        }
    }

    @Override
    public Optional<Token> find(TenantId tenantId, TokenId tokenId) {
        return stored(tenantId, tokenId).map(StoredToken::token);
    }

    /** Finds only: a transaction holds the store's single lock from its start. */
    @Override
    public Optional<LockedToken> lock(TenantId tenantId, TokenId tokenId) {
        UserRepository users = new InMemoryUserRepository(transaction);
        return find(tenantId, tokenId)
                .map(token -> new LockedToken(
                        token, users.tokenTerms(tenantId, token.ownerId()).orElseThrow()));
    }

    @Override
    public void update(Token token) {
        Optional<StoredToken> stored = stored(token.tenantId(), token.id());
        transaction.requireNext(stored.map(old -> old.token().revision()).orElse(null), token.revision());
        requireWorkloads(token);
        StoredToken old = stored.orElseThrow();
        Token next = TokenRows.updated(old.token(), token);
        requireFreeName(next);
        transaction.state().tokens.put(State.key(next), new StoredToken(next, old.digest()));
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
    public Optional<UserId> formerOwner(TenantId tenantId, TokenId tokenId) {
        return Optional.ofNullable(transaction.state().tombstones.get(new TokenKey(tenantId, tokenId)))
                .map(Tombstone::ownerId);
    }

    @Override
    public List<TokenId> deleteByOwner(TenantId tenantId, UserId ownerId, Instant now) {
        List<TokenId> owned = ids(of(tenantId).filter(token -> token.ownerId().equals(ownerId)));
        owned.forEach(tokenId -> delete(tenantId, tokenId, now));
        return owned;
    }

    @Override
    public List<TokenId> unassignAll(TenantId tenantId, WorkloadId workloadId, Instant now) {
        List<TokenId> assigned =
                ids(of(tenantId).filter(token -> token.workloadIds().contains(workloadId)));
        transaction.state().tokens.replaceAll((key, stored) -> {
            Token token = stored.token();
            return token.tenantId().equals(tenantId) && token.workloadIds().contains(workloadId)
                    ? new StoredToken(TokenRows.unassigned(token, workloadId, now), stored.digest())
                    : stored;
        });
        return assigned;
    }

    @Override
    public Page<Token> page(TenantId tenantId, TokenFilter filter, Instant now, PageRequest page) {
        return Paging.descending(
                of(tenantId).filter(token -> TokenRows.matches(token, filter, now)), page, token -> token.id()
                        .value());
    }

    private static List<TokenId> ids(Stream<Token> tokens) {
        return tokens.map(Token::id)
                .sorted(Comparator.comparing(id -> id.value().toString()))
                .toList();
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
