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
 * Everything a verification depends on besides what is asked: the token, its owner and its tenant, all as they were at one instant.
 *
 * @param workloadRequired the live part of the tenant's policy
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
