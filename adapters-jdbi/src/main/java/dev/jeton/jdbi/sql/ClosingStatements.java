package dev.jeton.jdbi.sql;

import dev.jeton.domain.tenant.TenantId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/**
 * The last writes of a transaction, on which nothing else in it depends. They are sent in one round trip with the commit; if one fails, the
 * commit is not executed. Not thread-safe.
 */
public final class ClosingStatements {
    private final Handle handle;
    private final StringBuilder sql = new StringBuilder();
    private final List<@Nullable Object> arguments = new ArrayList<>();

    /** The tenant that the statements so far leave set. Only they count: others may run before them. */
    private @Nullable TenantId current;

    public ClosingStatements(Handle handle) {
        this.handle = handle;
    }

    /**
     * Adds a statement that changes rows of that tenant.
     *
     * @param values of its {@code ?} parameters, in order
     */
    public void add(TenantId tenantId, String statement, @Nullable Object... values) {
        if (!tenantId.equals(current)) {
            sql.append(TenantScope.SET_TENANT).append(";\n");
            arguments.add(tenantId.toString());
            current = tenantId;
        }
        sql.append(statement).append(";\n");
        Collections.addAll(arguments, values);
    }

    /**
     * Executes the statements and commits; does nothing if there are none. A commit with a warning counts as failed.
     */
    public void commit() {
        if (sql.isEmpty()) {
            return;
        }
        Update closing = handle.createUpdate(sql.append("COMMIT").toString());
        for (int i = 0; i < arguments.size(); i++) {
            closing.bind(i, arguments.get(i));
        }
        closing.addCustomizer(new CommitWarnings());
        closing.execute();
    }
}
