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
 * The connection of one transaction of management calls, which shows one tenant at a time: PostgreSQL itself hides all others (row-level
 * security, see V3), whatever a statement asks for. What shows it goes out with the first statement that needs it, in the same round trip.
 * Valid as long as its handle; each statement is to be executed before the next one is asked for; not thread-safe.
 */
public final class TenantScope {
    static final String SHOW = "SELECT set_config('jeton.tenant_id', ?, true);\n";

    private static final String SHOW_BY_NAME = SHOW.replace("?", ":shownTenant");

    private final Handle handle;
    private @Nullable TenantId shown;

    public TenantScope(Handle handle) {
        this.handle = handle;
    }

    /** A query that sees that tenant's rows, and no others. */
    public Query query(TenantId tenantId, String sql) {
        boolean first = show(tenantId);
        return first
                ? after(1, handle.createQuery(SHOW_BY_NAME + sql)).bind("shownTenant", tenantId.toString())
                : handle.createQuery(sql);
    }

    /** The same after another statement, whose rows nobody wants; both in one round trip, each with a snapshot of its own. */
    public Query query(TenantId tenantId, String before, String sql) {
        boolean first = show(tenantId);
        Query query = handle.createQuery((first ? SHOW_BY_NAME : "") + before + ";\n" + sql);
        return first ? after(2, query).bind("shownTenant", tenantId.toString()) : after(1, query);
    }

    /** A statement that sees and changes that tenant's rows, and no others. */
    public Update update(TenantId tenantId, String sql) {
        boolean first = show(tenantId);
        return first
                ? after(1, handle.createUpdate(SHOW_BY_NAME + sql)).bind("shownTenant", tenantId.toString())
                : handle.createUpdate(sql);
    }

    /** A query that sees all tenants' rows; it can only read. */
    public Query acrossTenants(String sql) {
        return after(
                1,
                handle.createQuery("SET LOCAL ROLE %s;\n%s;\nSET LOCAL ROLE %s"
                        .formatted(DatabaseRole.DIRECTORY.roleName(), sql, DatabaseRole.MANAGEMENT.roleName())));
    }

    /** Whether it is another than the one shown so far; it is to be shown now. */
    boolean show(TenantId tenantId) {
        boolean other = !tenantId.equals(shown);
        shown = tenantId;
        return other;
    }

    /** Its result is the one that comes after {@code others}. */
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
