package dev.jeton.application.port.outbound;

import dev.jeton.application.page.Page;
import dev.jeton.application.page.PageRequest;
import dev.jeton.domain.policy.TokenPolicy;
import dev.jeton.domain.tenant.Tenant;
import dev.jeton.domain.tenant.TenantId;
import dev.jeton.domain.user.Role;
import dev.jeton.domain.user.User;
import dev.jeton.domain.user.UserId;
import dev.jeton.domain.workload.WorkloadId;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Stores the users of each tenant. A user of another tenant, or of a deleted one, is not found. See {@link Repositories} for its lifetime. */
public interface UserRepository {

    /** Stores a new user. Fails with EMAIL_TAKEN if the email's key exists in the tenant; TENANT_NOT_FOUND if the tenant is gone. */
    void insert(User user);

    Optional<User> find(Reach reach, UserId userId);

    default Optional<User> find(TenantId tenantId, UserId userId) {
        return find(Reach.of(tenantId), userId);
    }

    /** Finds a user with its tenant. */
    Optional<UserOfTenant> findWithTenant(Reach reach, UserId userId);

    /** Finds and locks. Until the transaction ends, no other can lock, change or delete the user; tokens can be added. */
    Optional<User> lock(Reach reach, UserId userId);

    default Optional<User> lock(TenantId tenantId, UserId userId) {
        return lock(Reach.of(tenantId), userId);
    }

    /** Finds and locks as {@link #lock} does, and also keeps others from adding tokens. */
    Optional<User> lockForDelete(Reach reach, UserId userId);

    default Optional<User> lockForDelete(TenantId tenantId, UserId userId) {
        return lockForDelete(Reach.of(tenantId), userId);
    }

    /**
     * Finds and holds the owner of a token to be created. Until the transaction ends, no other can delete the user, or add tokens to it if
     * the tenant limits them.
     *
     * @param wanted workloads to look up in the user's tenant
     */
    Optional<TokenOwner> holdOwner(Reach reach, UserId userId, Set<WorkloadId> wanted);

    default Optional<TokenOwner> holdOwner(TenantId tenantId, UserId userId) {
        return holdOwner(Reach.of(tenantId), userId, Set.of());
    }

    /** Replaces the previous revision. Fails with CONCURRENT_CHANGE if the stored revision differs or is gone; EMAIL_TAKEN as insert does. */
    void update(User user);

    /**
     * Deletes a user; does nothing if it does not exist. Waits until those who {@link #holdOwner hold} it are done. Its tokens are not found
     * from then on; remove them with {@link TokenRepository#deleteByOwner}.
     */
    void delete(TenantId tenantId, UserId userId);

    /**
     * Deletes the newest users of a deleted tenant; does nothing while the tenant exists.
     *
     * @return at most {@code limit}, by descending id; fewer if no more are left
     */
    List<User> deleteByTenant(TenantId tenantId, int limit);

    /** Returns users by descending id. */
    Page<User> page(TenantId tenantId, PageRequest page);

    /** Returns the number of active operators of the tenant. */
    int countActiveOperators(TenantId tenantId);

    /** Returns the active operator of the tenant with the lowest id. */
    Optional<User> firstActiveOperator(TenantId tenantId);

    /** What applies to a user's tokens: the tenant's policy and the user's role. */
    record TokenTerms(TokenPolicy policy, Role ownerRole) {}

    /**
     * @param tokens how many tokens the user owns, counted up to the policy's limit; 0 if there is no limit
     * @param workloads those of the wanted that exist in the tenant
     */
    record TokenOwner(TenantId tenantId, TokenTerms terms, int tokens, Set<WorkloadId> workloads) {}

    record UserOfTenant(User user, Tenant tenant) {}
}
