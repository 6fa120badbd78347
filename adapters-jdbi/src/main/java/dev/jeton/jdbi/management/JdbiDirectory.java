package dev.jeton.jdbi.management;

import dev.jeton.application.page.Page;
import dev.jeton.application.page.PageRequest;
import dev.jeton.application.port.outbound.Directory;
import dev.jeton.domain.tenant.Tenant;
import dev.jeton.jdbi.sql.Keyset;
import dev.jeton.jdbi.sql.Pages;
import dev.jeton.jdbi.sql.TenantScope;
import org.jdbi.v3.core.statement.Query;

/** Reads across tenants. */
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
                        """, page)
                .bind("before", Keyset.before(page))
                .bind("limit", Keyset.limit(page));
        return Pages.read(query, TENANTS, page, tenant -> tenant.id().value());
    }
}
