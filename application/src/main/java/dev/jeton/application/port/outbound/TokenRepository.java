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
 * The tokens of one tenant at a time; another tenant's token is not there. Its answers never hold a digest. See {@link Repositories} for
 * its validity.
 */
public interface TokenRepository {

    /**
     * Stores a new token with its workloads.
     *
     * <p>TOKEN_NAME_TAKEN if its name must be unique and is not: one that must be so in the tenant, among those of the tenant that must be
     * too; any that must be unique, among those of its owner that must be. TOKEN_QUOTA_EXCEEDED if its
     * owner has {@code maxTokensPerUser} tokens already, however many are being stored at the same time. USER_NOT_FOUND,
     * WORKLOAD_NOT_FOUND if its owner or a workload is gone.
     *
     * @param maxTokensPerUser 0: no limit
     */
    void insert(Token token, SecretDigest digest, int maxTokensPerUser);

    Optional<Token> find(TenantId tenantId, TokenId tokenId);

    /** The same, with what it goes by; until the transaction ends, nobody else can lock, change or delete the token. */
    Optional<LockedToken> lock(TenantId tenantId, TokenId tokenId);

    /**
     * Replaces the revision before this one, workloads included; what a token can never change is not written. CONCURRENT_CHANGE if the
     * stored one is another or gone; TOKEN_NAME_TAKEN and WORKLOAD_NOT_FOUND as for insert.
     */
    void update(Token token);

    /**
     * Deletes a token and leaves a tombstone; does nothing if there is none.
     *
     * @param now the tombstone's time
     */
    void delete(TenantId tenantId, TokenId tokenId, Instant now);

    /** Who owned it, if there is a tombstone of it. */
    Optional<UserId> formerOwner(TenantId tenantId, TokenId tokenId);

    /**
     * Deletes all tokens of a user, leaving tombstones.
     *
     * @return which those were, by ascending id
     */
    List<TokenId> deleteAllOf(TenantId tenantId, UserId ownerId, Instant now);

    /**
     * Takes a workload from every token that has it; each of those gets its next revision.
     *
     * @return which those were, by ascending id
     */
    List<TokenId> unassignAll(TenantId tenantId, WorkloadId workloadId, Instant now);

    /**
     * Tokens by descending id. The cost does not depend on how far into the list the page is.
     *
     * @param now what a status is judged by
     */
    Page<Token> page(TenantId tenantId, TokenFilter filter, Instant now, PageRequest page);

    /** A token, and what its owner's tokens are issued and changed by. */
    record LockedToken(Token token, TokenTerms terms) {}
}
