package dev.jeton.jdbi.management;

import dev.jeton.application.page.Page;
import dev.jeton.application.page.PageRequest;
import dev.jeton.application.port.outbound.Directory;
import dev.jeton.domain.tenant.Tenant;
import dev.jeton.domain.tenant.TenantId;
import dev.jeton.domain.token.TokenId;
import dev.jeton.domain.user.UserId;
import dev.jeton.domain.workload.WorkloadId;
import dev.jeton.jdbi.sql.Keyset;
import dev.jeton.jdbi.sql.Pages;
import dev.jeton.jdbi.sql.TenantScope;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.statement.Query;

/** Reads across tenants, by the indexes on ids. */
final class JdbiDirectory implements Directory {
    private static final TenantRowMapper TENANTS = new TenantRowMapper();

    private final TenantScope scope;

    JdbiDirectory(TenantScope scope) {
        this.scope = scope;
    }

    @Override
    public Page<Tenant> tenants(PageRequest page) {
        Query query = scope.acrossTenants("SELECT " + TenantRowMapper.COLUMNS + """
                         FROM tenants
                        WHERE tenant_id < :before
                        ORDER BY tenant_id DESC
                        LIMIT :limit
                        """)
                .bind("before", Keyset.before(page))
                .bind("limit", Keyset.limit(page));
        return Pages.read(query, TENANTS, page, tenant -> tenant.id().value());
    }

    @Override
    public Optional<TenantId> tenantOf(UserId userId) {
        return tenantId(
                "SELECT tenant_id FROM users JOIN tenants USING (tenant_id) WHERE user_id = :id", userId.value());
    }

    @Override
    public Optional<TenantId> tenantOf(WorkloadId workloadId) {
        return tenantId(
                "SELECT tenant_id FROM workloads JOIN tenants USING (tenant_id) WHERE workload_id = :id",
                workloadId.value());
    }

    @Override
    public Optional<TenantId> tenantOf(TokenId tokenId) {
        return tenantId("""
                SELECT tenant_id FROM tokens JOIN tenants USING (tenant_id) WHERE token_id = :id
                UNION ALL
                SELECT tenant_id FROM deleted_tokens JOIN tenants USING (tenant_id) WHERE token_id = :id
                """, tokenId.value());
    }

    private Optional<TenantId> tenantId(String sql, UUID id) {
        return scope.acrossTenants(sql)
                .bind("id", id)
                .mapTo(UUID.class)
                .findFirst()
                .map(TenantId::new);
    }
}
