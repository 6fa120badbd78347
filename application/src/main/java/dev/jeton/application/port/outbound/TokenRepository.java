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

/**
 * Stores the tokens of each tenant. A token of another tenant is not found. Never returns a digest. See {@link Repositories} for its
 * lifetime.
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

    Optional<Token> find(TenantId tenantId, TokenId tokenId);

    /** Finds and locks. Until the transaction ends, no other can lock, change or delete the token; its use can be recorded. */
    Optional<LockedToken> lock(TenantId tenantId, TokenId tokenId);

    /** Finds and locks as {@link #lock} does, and also keeps others from recording its use. */
    Optional<LockedToken> lockForDelete(TenantId tenantId, TokenId tokenId);

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

    /** Returns the owner of a deleted token, for as long as its tombstone is kept. */
    Optional<UserId> formerOwner(TenantId tenantId, TokenId tokenId);

    /**
     * Deletes all tokens of a user and leaves tombstones.
     *
     * @return their ids, ascending
     */
    List<TokenId> deleteByOwner(TenantId tenantId, UserId ownerId, Instant now);

    /**
     * Removes a workload from every token assigned to it; each of them gets its next revision.
     *
     * @return their ids, ascending
     */
    List<TokenId> unassignAll(TenantId tenantId, WorkloadId workloadId, Instant now);

    /**
     * Returns tokens by descending id. The cost grows neither with the page number nor with the number of tokens that do not match: a page may
     * end early, even empty. Only a page without a cursor is the last.
     *
     * @param now the instant for status filters
     */
    Page<Token> page(TenantId tenantId, TokenFilter filter, Instant now, PageRequest page);

    /** A token with the terms that apply to its owner's tokens. */
    record LockedToken(Token token, TokenTerms terms) {}
}
