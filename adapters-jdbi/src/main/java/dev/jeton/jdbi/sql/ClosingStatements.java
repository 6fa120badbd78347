package dev.jeton.jdbi.sql;

import dev.jeton.domain.tenant.TenantId;
import dev.jeton.jdbi.sql.TenantScope.RowReader;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/**
 * Statements that wait for the next round trip of their transaction, the commit's at the latest; if one fails, those after it, and the
 * commit, are not executed. A statement that may find its row gone or changed must fail itself, see {@link Require}. Not thread-safe.
 */
public final class ClosingStatements {
    private final TenantScope scope;
    private final List<Waiting> waiting = new ArrayList<>();

    /** Translates failures of the statements that wait, or else of those sent last. */
    private @Nullable UnaryOperator<RuntimeException> refusal;

    ClosingStatements(TenantScope scope) {
        this.scope = scope;
    }

    /**
     * Adds a statement that changes rows of that tenant.
     *
     * @param values of its {@code ?} parameters, in order
     */
    public void add(TenantId tenantId, String statement, @Nullable Object... values) {
        String[] parts = statement.split("\\?", -1);
        StringBuilder named = new StringBuilder(parts[0]);
        for (int i = 1; i < parts.length; i++) {
            named.append(":v").append(i - 1).append(parts[i]);
        }
        add(tenantId, named.toString(), parameters -> {
            for (int i = 0; i < values.length; i++) {
                parameters.bind("v" + i, values[i]);
            }
        });
    }

    /** Adds a statement that changes rows of that tenant. */
    public void add(TenantId tenantId, String statement, Consumer<Parameters> values) {
        addRead(tenantId, statement, values, row -> {});
    }

    /** Adds a statement that changes or locks rows of that tenant, and whose result is read. */
    public void addRead(TenantId tenantId, String statement, Consumer<Parameters> values, RowReader reader) {
        waiting.add(new Waiting(tenantId, statement, values, reader));
    }

    /**
     * Adds a statement that may be refused. Statements whose refusal another call translates are sent first, so that a failure is attributed
     * to the right one.
     *
     * @param refused translates the failure of this statement; must return any other unchanged
     */
    public void addRefusable(
            TenantId tenantId, String statement, Consumer<Parameters> values, UnaryOperator<RuntimeException> refused) {
        if (refusal != null) {
            scope.flush();
        }
        add(tenantId, statement, values);
        refusal = refused;
    }

    /** Executes the statements now. */
    public void flush() {
        scope.flush();
    }

    /** Translates a failure of the transaction if one of the statements sent last was refused. */
    public RuntimeException translate(JdbiException failure) {
        return refusal == null ? failure : refusal.apply(failure);
    }

    public boolean isEmpty() {
        return waiting.isEmpty();
    }

    void moveTo(Script script) {
        waiting.forEach(one -> script.of(one.tenantId).add(one.statement, one.values::accept, one.reader));
        waiting.clear();
    }

    private record Waiting(TenantId tenantId, String statement, Consumer<Parameters> values, RowReader reader) {}
}
