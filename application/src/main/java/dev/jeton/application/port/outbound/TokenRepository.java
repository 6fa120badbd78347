package dev.jeton.application.port.outbound;

import dev.jeton.application.page.Page;
import dev.jeton.application.page.PageRequest;
import dev.jeton.application.page.TokenFilter;
import dev.jeton.application.port.outbound.UserRepository.TokenTerms;
import dev.jeton.domain.tenant.TenantId;
import dev.jeton.domain.token.SecretDigest;
import dev.jeton.domain.token.Token;
import dev.jeton.domain.token.TokenId;
import dev.jeton.domain.user.UserId;
import dev.jeton.domain.workload.WorkloadId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * Stores the tokens of each tenant. A token of another tenant, of a deleted tenant or of a deleted user is not found, and no token has a
 * deleted workload. Never returns a digest. See {@link Repositories} for its lifetime.
 */
public interface TokenRepository {

    /**
     * Stores a new token with its workloads.
     *
     * <p>Fails with TOKEN_NAME_TAKEN if its name must be unique but is not. A name with uniqueness PER_TENANT is compared with those of the
     * tenant that have PER_TENANT too; a name with PER_USER or PER_TENANT is compared with those of the owner that have either. Fails with
     * USER_NOT_FOUND or WORKLOAD_NOT_FOUND if its owner or a workload is gone.
     */
    void insert(Token token, SecretDigest digest);

    Optional<Token> find(Reach reach, TokenId tokenId);

    default Optional<Token> find(TenantId tenantId, TokenId tokenId) {
        return find(Reach.of(tenantId), tokenId);
    }

    /**
     * Finds and locks. Until the transaction ends, no other can lock, change or delete the token; its use can be recorded. Does not wait for a
     * token that it does not find.
     *
     * @param wanted workloads to look up in the token's tenant
     */
    Optional<LockedToken> lock(Reach reach, TokenId tokenId, Set<WorkloadId> wanted);

    default Optional<LockedToken> lock(TenantId tenantId, TokenId tokenId) {
        return lock(Reach.of(tenantId), tokenId, Set.of());
    }

    /** Finds and locks as {@link #lock} does, and also keeps others from recording its use. */
    Optional<LockedToken> lockForDelete(Reach reach, TokenId tokenId);

    default Optional<LockedToken> lockForDelete(TenantId tenantId, TokenId tokenId) {
        return lockForDelete(Reach.of(tenantId), tokenId);
    }

    /**
     * Replaces the previous revision, including workloads; ignores immutable fields. Fails with CONCURRENT_CHANGE if the stored revision
     * differs or is gone, and with TOKEN_NAME_TAKEN and WORKLOAD_NOT_FOUND as insert does.
     */
    void update(Token token);

    /**
     * Deletes a token and leaves a tombstone; does nothing if it does not exist.
     *
     * @param now the time of the tombstone
     */
    void delete(TenantId tenantId, TokenId tokenId, Instant now);

    /** Returns the owner of a deleted token, for as long as its tombstone is kept, or of a token whose owner is deleted. */
    Optional<UserId> formerOwner(Reach reach, TokenId tokenId);

    default Optional<UserId> formerOwner(TenantId tenantId, TokenId tokenId) {
        return formerOwner(Reach.of(tenantId), tokenId);
    }

    /**
     * Deletes the newest tokens of a deleted user and leaves tombstones; does nothing while the user exists.
     *
     * @param now the time of the tombstones
     * @return at most {@code limit}, by descending id; fewer if no more are left
     */
    List<Token> deleteByOwner(TenantId tenantId, UserId ownerId, int limit, Instant now);

    /**
     * Deletes the newest tokens of a deleted tenant; does nothing while the tenant exists. Call it when no users are left, which could still
     * get tokens.
     *
     * @return at most {@code limit}, by descending id; fewer if no more are left
     */
    List<Token> deleteByTenant(TenantId tenantId, int limit);

    /**
     * Deletes tombstones of a deleted tenant; does nothing while the tenant exists.
     *
     * @return how many, at most {@code limit}; fewer if no more are left
     */
    int deleteTombstones(TenantId tenantId, int limit);

    /**
     * Removes the assignments of the newest tokens to a deleted workload; does nothing while the workload exists. A token lost the workload
     * and got its next revision when the workload was deleted, so nothing that is visible changes.
     *
     * @param time when the workload was deleted
     * @return at most {@code limit}, by descending id; fewer if no more are left
     */
    List<Unassigned> unassign(TenantId tenantId, WorkloadId workloadId, int limit, Instant time);

    /**
     * Returns tokens by descending id. The cost grows neither with the page number nor with the number of tokens that do not match: a page may
     * end early, even empty. Only a page without a cursor is the last.
     *
     * @param now the instant for status filters; null: the moment of the transaction
     */
    Page<Token> page(TenantId tenantId, TokenFilter filter, @Nullable Instant now, PageRequest page);

    /**
     * A token with the terms that apply to its owner's tokens.
     *
     * @param workloads those of the wanted that exist in the tenant
     */
    record LockedToken(Token token, TokenTerms terms, Set<WorkloadId> workloads) {}

    /**
     * A token without a deleted workload.
     *
     * @param workloadIds that the token still has
     */
    record Unassigned(TokenId tokenId, SortedSet<WorkloadId> workloadIds) {}
}
