package dev.jeton.jdbi.sql;

import dev.jeton.application.page.PageRequest;
import dev.jeton.application.port.outbound.Moment;
import dev.jeton.application.port.outbound.Reach;
import dev.jeton.domain.audit.AuditEventId;
import dev.jeton.domain.tenant.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/**
 * Limits the statements of one transaction to one tenant at a time: row-level security (see migration V3) hides all other tenants, whatever a
 * statement asks for. The tenant is set, and the time read, in the same round trip as the first statement that needs it; so are the writes
 * that wait in {@link #closing()}. Valid as long as its handle. Execute each statement before requesting the next. Not thread-safe.
 */
public final class TenantScope {
    private static final String ENTER_TENANT = "SELECT %s, set_config('jeton.tenant_id', :id, true)";

    /** Sets the tenant that an id belongs to; none if there is no such id. */
    private static final String FIND_TENANT =
            "SELECT %s, set_config('jeton.tenant_id', coalesce((%s)::text, ''), true)";

    private static final String SET_ROLE = "SET LOCAL ROLE ";

    /** A statement of its own behind the locks, so that it sees what they waited for. */
    private static final String MOMENT = """
            SELECT clock_timestamp(), last.create_time, last.event_id
            FROM (SELECT) once LEFT JOIN LATERAL (
                SELECT create_time, event_id FROM audit_events
                WHERE tenant_id = :tenantId
                ORDER BY create_time DESC, event_id DESC LIMIT 1) last ON true""";

    private final Handle handle;
    private final boolean reading;
    private final String clock;
    private final ClosingStatements closing = new ClosingStatements(this);
    private @Nullable TenantId current;
    private @Nullable Moment moment;

    public TenantScope(Handle handle) {
        this(handle, false);
    }

    private TenantScope(Handle handle, boolean reading) {
        this.handle = handle;
        this.reading = reading;
        clock = reading ? "now()" : "clock_timestamp()";
    }

    /**
     * Returns a scope in which each query, unless it reads a large page, is a transaction of its own, which takes one round trip. SQL's {@code now()} is
     * then the time of the moment.
     */
    public static TenantScope reading(Handle handle) {
        return new TenantScope(handle, true);
    }

    /** Returns the writes that wait for the next round trip. */
    public ClosingStatements closing() {
        return closing;
    }

    /** Returns a query on the rows of the tenant. */
    public Query query(TenantId tenantId, String sql) {
        return last(script(tenantId), sql);
    }

    /**
     * Returns a query on the rows of the tenant that {@code reach} says; binds {@code tenantId}.
     *
     * @param tenantOf selects the tenant of what is looked for, with {@code tenant_id} as the only column; executed if that may be any tenant
     */
    public Query query(Reach reach, String tenantOf, String sql) {
        return query(reach, tenantOf, sql, new String[0], row -> {});
    }

    /** Returns a query as {@link #query(Reach, String, String)} does, after another one whose first row goes to {@code reader}. */
    public Query query(Reach reach, String tenantOf, String other, RowReader reader, String sql) {
        return query(reach, tenantOf, sql, new String[] {other}, reader);
    }

    /** Returns a query on the rows of the tenant for {@link Pages}: a large page is read in several round trips of one transaction. */
    public Query query(TenantId tenantId, String sql, PageRequest page) {
        if (Pages.isReadAtOnce(page)) {
            return query(tenantId, sql);
        }
        Script script = script(tenantId);
        current = script.tenant();
        return script.query(handle, sql);
    }

    /** Returns a statement that changes rows of the tenant, at once. */
    public Update update(TenantId tenantId, String sql) {
        Script script = script(tenantId);
        current = script.tenant();
        return script.update(handle, sql);
    }

    /**
     * Returns a query that first executes the locking statements and then reads the moment. One round trip, but each statement has its own
     * snapshot. All of them may bind {@code tenantId}.
     */
    public Query queryLocked(TenantId tenantId, String sql, String... locks) {
        Script script = script(tenantId);
        for (String lock : locks) {
            script.shared(lock, row -> {});
        }
        return last(script.shared(MOMENT, this::advance), sql);
    }

    /** Locks as {@link #queryLocked(TenantId, String, String...)} does, in the tenant that {@code reach} says; binds {@code tenantId}. */
    public Query queryLocked(Reach reach, String tenantOf, String sql, String... locks) {
        String[] before = new String[locks.length + 1];
        System.arraycopy(locks, 0, before, 0, locks.length);
        before[locks.length] = MOMENT;
        return query(reach, tenantOf, sql, before, this::advance);
    }

    /** @param reader of the last statement before */
    private Query query(Reach reach, String tenantOf, String sql, String[] before, RowReader reader) {
        Optional<TenantId> known = reach.tenantId();
        Script script = known.map(this::script).orElseGet(() -> scriptOfFound(tenantOf));
        for (int i = 0; i < before.length; i++) {
            script.shared(within(known, before[i]), i == before.length - 1 ? reader : row -> {});
        }
        Query query = last(script, within(known, sql));
        return known.map(tenantId -> query.bind("tenantId", tenantId.value())).orElse(query);
    }

    /** What belongs to a tenant that is being found is compared with the tenant that is set. */
    private static String within(Optional<TenantId> known, String sql) {
        return known.isPresent() ? sql : sql.replace(":tenantId", "jeton_tenant_id()");
    }

    /** Returns a read-only query on the rows of all tenants for {@link Pages}. */
    public Query acrossTenants(String sql, PageRequest page) {
        Script script = pending();
        current = script.tenant();
        script.add(SET_ROLE + DatabaseRole.DIRECTORY.roleName());
        return script.query(
                handle,
                sql + ";\n"
                        + (reading && Pages.isReadAtOnce(page)
                                ? "COMMIT"
                                : SET_ROLE + DatabaseRole.MANAGEMENT.roleName()));
    }

    /** Returns the moment of the last lock; without one, the time of the first statement on a tenant. */
    public Moment moment() {
        if (moment == null) {
            Instant time = handle.createQuery("SELECT clock_timestamp()" + (reading ? ";\nCOMMIT" : ""))
                    .mapTo(Instant.class)
                    .one();
            moment = new Moment(time, null);
        }
        return moment;
    }

    /** Returns the time of the moment; empty if the next query is a transaction of its own, whose {@code now()} it will be. */
    public Optional<Instant> time() {
        return reading && moment == null ? Optional.empty() : Optional.of(moment().time());
    }

    /** Sends the statements that wait, some of which lock, and reads the moment. */
    public void flushLocked(TenantId tenantId) {
        queryLocked(tenantId, "SELECT 1")
                .bind("tenantId", tenantId.value())
                .mapTo(Integer.class)
                .one();
    }

    /** Sends the writes that wait, without committing. */
    void flush() {
        Script script = pending();
        current = script.tenant();
        if (!script.isEmpty()) {
            script.update(handle, "SELECT").execute();
        }
    }

    /**
     * Sends the writes that wait, and commits; does nothing if there are none. A commit with a warning counts as failed.
     */
    public void commit() {
        Script script = pending();
        if (script.isEmpty()) {
            return;
        }
        script.update(handle, "COMMIT").addCustomizer(new CommitWarnings()).execute();
    }

    private Query last(Script script, String sql) {
        current = reading ? null : script.tenant();
        return script.query(handle, reading ? sql + ";\nCOMMIT" : sql);
    }

    private Script pending() {
        Script script = new Script(current);
        closing.moveTo(script);
        return script;
    }

    private Script script(TenantId tenantId) {
        Script script = pending();
        return moment == null ? script.of(tenantId, ENTER_TENANT.formatted(clock), this::enter) : script.of(tenantId);
    }

    private Script scriptOfFound(String tenantOf) {
        Script script = pending();
        script.add(SET_ROLE + DatabaseRole.DIRECTORY.roleName())
                .shared(FIND_TENANT.formatted(clock, tenantOf), row -> {
                    enter(row);
                    String found = row.getString(2);
                    current = reading || found.isEmpty() ? null : new TenantId(UUID.fromString(found));
                })
                .add(SET_ROLE + DatabaseRole.MANAGEMENT.roleName())
                .leaves(null);
        return script;
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

    /** Reads the first row of a result; not called if there is none. */
    public interface RowReader {
        void read(ResultSet row) throws SQLException;
    }
}
