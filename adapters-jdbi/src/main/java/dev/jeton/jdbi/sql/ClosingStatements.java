package dev.jeton.jdbi.sql;

import dev.jeton.domain.tenant.TenantId;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.core.statement.StatementCustomizer;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/**
 * What a transaction writes last: statements that nothing else in it waits for. They go out together with the commit, in one round trip;
 * where one of them fails, the commit behind it is not carried out. Not thread-safe.
 */
public final class ClosingStatements {
    private final Handle handle;
    private final TenantScope scope;
    private final StringBuilder sql = new StringBuilder();
    private final List<@Nullable Object> arguments = new ArrayList<>();

    public ClosingStatements(Handle handle, TenantScope scope) {
        this.handle = handle;
        this.scope = scope;
    }

    /**
     * Adds a statement that sees and changes that tenant's rows, and no others.
     *
     * @param values for its {@code ?}, in order
     */
    public void add(TenantId tenantId, String statement, @Nullable Object... values) {
        if (scope.show(tenantId)) {
            sql.append(TenantScope.SHOW);
            arguments.add(tenantId.toString());
        }
        sql.append(statement).append(";\n");
        Collections.addAll(arguments, values);
    }

    /**
     * Executes them and commits; nothing, if there are none. A commit that comes with a warning is not believed: so PostgreSQL says that it
     * was told to wait no longer for its synchronous standby.
     */
    public void commit() {
        if (sql.isEmpty()) {
            return;
        }
        Update closing = handle.createUpdate(sql.append("COMMIT").toString());
        for (int i = 0; i < arguments.size(); i++) {
            closing.bind(i, arguments.get(i));
        }
        closing.addCustomizer(new StatementCustomizer() {
            @Override
            public void afterExecution(PreparedStatement executed, StatementContext context) throws SQLException {
                SQLWarning warning = executed.getWarnings();
                if (warning != null) {
                    throw PostgresErrors.outcomeUnknown(warning);
                }
            }
        });
        closing.execute();
    }
}
