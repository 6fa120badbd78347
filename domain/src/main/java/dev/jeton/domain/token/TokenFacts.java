package dev.jeton.domain.token;

import dev.jeton.domain.policy.Expiry;
import dev.jeton.domain.scope.Scopes;
import dev.jeton.domain.tenant.TenantId;
import dev.jeton.domain.tenant.TenantState;
import dev.jeton.domain.user.Role;
import dev.jeton.domain.user.UserId;
import dev.jeton.domain.user.UserState;
import dev.jeton.domain.workload.WorkloadId;
import java.util.SortedSet;

/**
 * The stored state that a verification depends on: the token, its owner and its tenant, all read at one instant.
 *
 * @param workloadRequired {@link dev.jeton.domain.policy.WorkloadRule#requiredForUse()} of the tenant's current policy
 */
public record TokenFacts(
        TenantId tenantId,
        TokenId tokenId,
        SecretDigest digest,
        TenantState tenantState,
        boolean workloadRequired,
        UserId ownerId,
        UserState ownerState,
        Role ownerRole,
        boolean cancelled,
        Expiry expiry,
        boolean tenantWide,
        SortedSet<WorkloadId> workloadIds,
        Scopes scopes) {}
