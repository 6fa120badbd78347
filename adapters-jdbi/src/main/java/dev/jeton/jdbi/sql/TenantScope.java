package dev.jeton.jdbi.sql;

import dev.jeton.domain.tenant.TenantId;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.core.statement.StatementCustomizer;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/**
 * Limits the statements of one transaction to one tenant at a time: row-level security (see migration V3) hides all other tenants, whatever a
 * statement asks for. The tenant is set in the same round trip as the first statement that needs it. Valid as long as its handle. Execute
 * each statement before requesting the next. Not thread-safe.
 */
public final class TenantScope {
    static final String SET_TENANT = "SELECT set_config('jeton.tenant_id', ?, true);\n";

    private static final String SET_TENANT_BY_NAME = SET_TENANT.replace("?", ":currentTenant");

    private final Handle handle;
    private @Nullable TenantId current;

    public TenantScope(Handle handle) {
        this.handle = handle;
    }

    /** Returns a query on the rows of the tenant. */
    public Query query(TenantId tenantId, String sql) {
        boolean first = mustSet(tenantId);
        return first
                ? after(1, handle.createQuery(SET_TENANT_BY_NAME + sql)).bind("currentTenant", tenantId.toString())
                : handle.createQuery(sql);
    }

    /**
     * Returns a query that first runs {@code before} and drops its result. One round trip, but each statement has its own snapshot.
     */
    public Query query(TenantId tenantId, String before, String sql) {
        boolean first = mustSet(tenantId);
        Query query = handle.createQuery((first ? SET_TENANT_BY_NAME : "") + before + ";\n" + sql);
        return first ? after(2, query).bind("currentTenant", tenantId.toString()) : after(1, query);
    }

    /** Returns a statement that changes rows of the tenant. */
    public Update update(TenantId tenantId, String sql) {
        boolean first = mustSet(tenantId);
        return first
                ? after(1, handle.createUpdate(SET_TENANT_BY_NAME + sql)).bind("currentTenant", tenantId.toString())
                : handle.createUpdate(sql);
    }

    /** Returns a read-only query on the rows of all tenants. */
    public Query acrossTenants(String sql) {
        return after(
                1,
                handle.createQuery("SET LOCAL ROLE %s;\n%s;\nSET LOCAL ROLE %s"
                        .formatted(DatabaseRole.DIRECTORY.roleName(), sql, DatabaseRole.MANAGEMENT.roleName())));
    }

    /** Whether the tenant must be set now, because it differs from the one before. */
    private boolean mustSet(TenantId tenantId) {
        boolean changed = !tenantId.equals(current);
        current = tenantId;
        return changed;
    }

    /** Makes the statement return its own result, which follows those of {@code others} statements. */
    private static <S extends SqlStatement<S>> S after(int others, S statement) {
        return statement.addCustomizer(new StatementCustomizer() {
            @Override
            public void afterExecution(PreparedStatement executed, StatementContext context) throws SQLException {
                for (int i = 0; i < others; i++) {
                    executed.getMoreResults();
                }
            }
        });
    }
}
