package dev.jeton.application.port.outbound;

import dev.jeton.application.page.Page;
import dev.jeton.application.page.PageRequest;
import dev.jeton.domain.tenant.Tenant;
import dev.jeton.domain.tenant.TenantId;
import dev.jeton.domain.token.TokenId;
import dev.jeton.domain.user.UserId;
import dev.jeton.domain.workload.WorkloadId;
import java.util.Optional;

/** Look-ups across tenants, for operators only. See {@link Repositories} for its lifetime. */
public interface Directory {

    /** Returns all tenants by descending id. */
    Page<Tenant> tenants(PageRequest page);

    Optional<TenantId> tenantOf(UserId userId);

    Optional<TenantId> tenantOf(WorkloadId workloadId);

    /** Also finds a deleted token, for as long as its tombstone is kept. */
    Optional<TenantId> tenantOf(TokenId tokenId);
}
