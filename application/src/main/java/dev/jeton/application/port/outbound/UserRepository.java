package dev.jeton.application.port.outbound;

import dev.jeton.application.page.Page;
import dev.jeton.application.page.PageRequest;
import dev.jeton.domain.policy.TokenPolicy;
import dev.jeton.domain.tenant.TenantId;
import dev.jeton.domain.user.Role;
import dev.jeton.domain.user.User;
import dev.jeton.domain.user.UserId;
import java.util.Optional;

/** The users of one tenant at a time; another tenant's user is not there. See {@link Repositories} for its validity. */
public interface UserRepository {

    /** Stores a new user. EMAIL_TAKEN if the tenant has the email's key already; TENANT_NOT_FOUND if the tenant is gone. */
    void insert(User user);

    Optional<User> find(TenantId tenantId, UserId userId);

    /** The same; until the transaction ends, nobody else can lock, change or delete the user or add tokens to it. */
    Optional<User> lock(TenantId tenantId, UserId userId);

    /** What the user's tokens go by. */
    Optional<TokenTerms> tokenTerms(TenantId tenantId, UserId userId);

    /** Replaces the revision before this one; CONCURRENT_CHANGE if the stored one is another or gone; EMAIL_TAKEN as for insert. */
    void update(User user);

    /** Deletes a user that has no tokens any more; does nothing if there is none. */
    void delete(TenantId tenantId, UserId userId);

    /** Users by descending id. */
    Page<User> page(TenantId tenantId, PageRequest page);

    /** How many operators of the tenant are active. */
    int countActiveOperators(TenantId tenantId);

    /** The active operator of the tenant with the lowest id. */
    Optional<User> firstActiveOperator(TenantId tenantId);

    /** What tokens of one user are issued and changed by. */
    record TokenTerms(TokenPolicy policy, Role ownerRole) {}
}
