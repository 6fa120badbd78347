package dev.jeton.jdbi.sql;

import dev.jeton.application.port.outbound.Moment;
import dev.jeton.domain.audit.AuditEventId;
import dev.jeton.domain.tenant.TenantId;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.core.statement.StatementCustomizer;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/**
 * Limits the statements of one transaction to one tenant at a time: row-level security (see migration V3) hides all other tenants, whatever a
 * statement asks for. The tenant is set, and the time read, in the same round trip as the first statement that needs it. Valid as long as its
 * handle. Execute each statement before requesting the next. Not thread-safe.
 */
public final class TenantScope {
    static final String SET_TENANT = "SELECT set_config('jeton.tenant_id', ?, true)";

    private static final String ENTER_TENANT =
            "SELECT clock_timestamp(), set_config('jeton.tenant_id', :currentTenant, true)";

    /** A statement of its own behind the locks, so that it sees what they waited for. */
    private static final String MOMENT = """
            SELECT clock_timestamp(), last.create_time, last.event_id
            FROM (SELECT) once LEFT JOIN LATERAL (
                SELECT create_time, event_id FROM audit_events
                WHERE tenant_id = :tenantId
                ORDER BY create_time DESC, event_id DESC LIMIT 1) last ON true""";

    private final Handle handle;
    private @Nullable TenantId current;
    private @Nullable Moment moment;

    public TenantScope(Handle handle) {
        this.handle = handle;
    }

    /** Returns a query on the rows of the tenant. */
    public Query query(TenantId tenantId, String sql) {
        return script(tenantId).query(sql);
    }

    /** Returns a statement that changes rows of the tenant. */
    public Update update(TenantId tenantId, String sql) {
        return script(tenantId).update(sql);
    }

    /**
     * Returns a query that first executes the locking statements and then reads the moment. One round trip, but each statement has its own
     * snapshot. All of them may bind {@code tenantId}.
     */
    public Query queryLocked(TenantId tenantId, String sql, String... locks) {
        Script script = script(tenantId);
        for (String lock : locks) {
            script.before(lock, row -> {});
        }
        return script.before(MOMENT, this::advance).query(sql);
    }

    /** Returns a read-only query on the rows of all tenants. */
    public Query acrossTenants(String sql) {
        return new Script()
                .before("SET LOCAL ROLE " + DatabaseRole.DIRECTORY.roleName(), row -> {})
                .query("%s;\nSET LOCAL ROLE %s".formatted(sql, DatabaseRole.MANAGEMENT.roleName()));
    }

    /** Returns the moment of the last lock; without one, the time of the first statement on a tenant. */
    public Moment moment() {
        if (moment == null) {
            Instant time = handle.createQuery("SELECT clock_timestamp()")
                    .mapTo(Instant.class)
                    .one();
            moment = new Moment(time, null);
        }
        return moment;
    }

    /** Whether the tenant must be set now, because it differs from the one before. */
    private boolean mustSet(TenantId tenantId) {
        boolean changed = !tenantId.equals(current);
        current = tenantId;
        return changed;
    }

    private Script script(TenantId tenantId) {
        Script script = new Script();
        return mustSet(tenantId)
                ? script.before(ENTER_TENANT, this::enter).bind("currentTenant", tenantId.toString())
                : script;
    }

    private void enter(ResultSet row) throws SQLException {
        if (moment == null) {
            moment = new Moment(time(row, 1), null);
        }
    }

    /** Never goes back: neither when the database's clock does nor when a second tenant is behind the first. */
    private void advance(ResultSet row) throws SQLException {
        Instant time = time(row, 1);
        UUID lastEvent = row.getObject(3, UUID.class);
        if (lastEvent != null && time(row, 2).isAfter(time)) {
            time = time(row, 2);
        }
        if (moment != null && moment.time().isAfter(time)) {
            time = moment.time();
        }
        moment = new Moment(time, lastEvent == null ? null : new AuditEventId(lastEvent));
    }

    private static Instant time(ResultSet row, int column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    /** Statements that are sent together; the last one gives the result. */
    private final class Script {
        private final List<String> sql = new ArrayList<>();
        private final List<Reader> readers = new ArrayList<>();
        private @Nullable String name;
        private @Nullable String value;

        Script before(String statement, Reader reader) {
            sql.add(statement);
            readers.add(reader);
            return this;
        }

        Script bind(String parameter, String text) {
            name = parameter;
            value = text;
            return this;
        }

        Query query(String last) {
            return prepared(handle.createQuery(with(last)));
        }

        Update update(String last) {
            return prepared(handle.createUpdate(with(last)));
        }

        private String with(String last) {
            sql.add(last);
            return String.join(";\n", sql);
        }

        private <S extends SqlStatement<S>> S prepared(S statement) {
            if (readers.isEmpty()) {
                return statement;
            }
            if (name != null) {
                statement.bind(name, value);
            }
            return statement.addCustomizer(new StatementCustomizer() {
                @Override
                public void afterExecution(PreparedStatement executed, StatementContext context) throws SQLException {
                    for (Reader reader : readers) {
                        read(executed, reader);
                        executed.getMoreResults();
                    }
                }
            });
        }

        private void read(PreparedStatement executed, Reader reader) throws SQLException {
            ResultSet rows = executed.getResultSet();
            if (rows != null && rows.next()) {
                reader.read(rows);
            }
        }
    }

    /** Reads the first row of a result. */
    private interface Reader {
        void read(ResultSet row) throws SQLException;
    }
}
