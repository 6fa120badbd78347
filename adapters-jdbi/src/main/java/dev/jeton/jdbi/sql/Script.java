package dev.jeton.jdbi.sql;

import dev.jeton.domain.tenant.TenantId;
import dev.jeton.jdbi.sql.TenantScope.RowReader;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.core.statement.StatementCustomizer;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/**
 * Statements that are sent together, in one round trip. Each has its own parameters, result and snapshot; if one fails, those after it are
 * not executed. Not thread-safe.
 */
final class Script {
    private static final String SET_TENANT = "SELECT set_config('jeton.tenant_id', :id, true)";
    private static final Pattern PARAMETER = Pattern.compile("(?<!:):(?=[A-Za-z])");

    private final StringBuilder sql = new StringBuilder();
    private final List<Part> parts = new ArrayList<>();

    /** The tenant that the statements so far leave set. */
    private @Nullable TenantId tenant;

    /** @param tenant the tenant that is set when the script begins */
    Script(@Nullable TenantId tenant) {
        this.tenant = tenant;
    }

    @Nullable TenantId tenant() {
        return tenant;
    }

    boolean isEmpty() {
        return parts.isEmpty();
    }

    /** Limits the statements that follow to the tenant. */
    Script of(TenantId tenantId) {
        return of(tenantId, SET_TENANT, row -> {});
    }

    /** @param statement sets the tenant to the parameter {@code id} */
    Script of(TenantId tenantId, String statement, RowReader reader) {
        if (!tenantId.equals(tenant)) {
            add(statement, parameters -> parameters.bind("id", tenantId.toString()), reader);
            tenant = tenantId;
        }
        return this;
    }

    /** Says which tenant the statements so far set; null if that is not known yet. */
    void leaves(@Nullable TenantId tenantId) {
        tenant = tenantId;
    }

    Script add(String statement) {
        return add(statement, parameters -> {}, row -> {});
    }

    Script add(String statement, Binder binder, RowReader reader) {
        String prefix = "s%d_".formatted(parts.size());
        sql.append(PARAMETER.matcher(statement).replaceAll(":" + prefix)).append(";\n");
        parts.add(new Part(prefix, binder, reader));
        return this;
    }

    /** Adds a statement that shares the parameters of the last one. */
    Script shared(String statement, RowReader reader) {
        sql.append(statement).append(";\n");
        parts.add(new Part("", parameters -> {}, reader));
        return this;
    }

    /** Returns a query that executes the script and then {@code last}, whose result it returns. Bind the parameters of {@code last}. */
    Query query(Handle handle, String last) {
        return prepared(handle.createQuery(sql + last));
    }

    /** Returns a statement that executes the script and then {@code last}. */
    Update update(Handle handle, String last) {
        return prepared(handle.createUpdate(sql + last));
    }

    private <S extends SqlStatement<S>> S prepared(S statement) {
        if (parts.isEmpty()) {
            return statement;
        }
        parts.forEach(part -> part.binder.bind(new Parameters(statement, part.prefix)));
        return statement.addCustomizer(new StatementCustomizer() {
            @Override
            public void afterExecution(PreparedStatement executed, StatementContext context) throws SQLException {
                for (Part part : parts) {
                    read(executed, part.reader);
                    executed.getMoreResults();
                }
            }
        });
    }

    private static void read(PreparedStatement executed, RowReader reader) throws SQLException {
        ResultSet rows = executed.getResultSet();
        if (rows != null && rows.next()) {
            reader.read(rows);
        }
    }

    private record Part(String prefix, Binder binder, RowReader reader) {}

    /** Binds the parameters of one statement. */
    interface Binder {
        void bind(Parameters parameters);
    }
}
