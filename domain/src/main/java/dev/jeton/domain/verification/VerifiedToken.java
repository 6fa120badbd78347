package dev.jeton.domain.verification;

import dev.jeton.domain.policy.Expiry;
import dev.jeton.domain.scope.Scopes;
import dev.jeton.domain.tenant.TenantId;
import dev.jeton.domain.token.TokenId;
import dev.jeton.domain.user.Role;
import dev.jeton.domain.user.UserId;
import dev.jeton.domain.workload.WorkloadId;
import java.util.SortedSet;

/**
 * What a verification tells about a token. Holds no secret and no hash.
 *
 * @param ownerRole the owner's current role
 * @param tenantWide whether it is accepted for every workload of its tenant; otherwise only for {@code workloadIds}
 */
public record VerifiedToken(
        TenantId tenantId,
        TokenId tokenId,
        UserId ownerId,
        Role ownerRole,
        boolean tenantWide,
        SortedSet<WorkloadId> workloadIds,
        Scopes scopes,
        Expiry expiry) {}
