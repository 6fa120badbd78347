package dev.jeton.jdbi.audit;

import dev.jeton.application.port.outbound.AuditChainStore.Chained;
import dev.jeton.domain.audit.AuditEvent;
import dev.jeton.domain.audit.AuditEventId;
import dev.jeton.domain.audit.ChainHash;
import dev.jeton.domain.audit.ChainLink;
import dev.jeton.domain.tenant.TenantId;
import dev.jeton.jdbi.sql.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** Reads links with their events. */
final class ChainedRowMapper implements RowMapper<Chained> {
    static final String COLUMNS_AND_TABLES = AuditEventRowMapper.COLUMNS + """
            , c.tenant_id AS link_tenant_id, c.position, c.event_id AS link_event_id, c.hash
            FROM audit_chain c
            LEFT JOIN audit_events e ON e.tenant_id = c.tenant_id AND e.event_id = c.event_id
            """;

    private static final AuditEventRowMapper EVENTS = new AuditEventRowMapper();

    @Override
    public Chained map(ResultSet row, StatementContext context) throws SQLException {
        ChainLink link = new ChainLink(
                new TenantId(Columns.uuid(row, "link_tenant_id")),
                row.getLong("position"),
                new AuditEventId(Columns.uuid(row, "link_event_id")),
                new ChainHash(row.getBytes("hash")));
        return new Chained(link, event(row, context));
    }

    private static @Nullable AuditEvent event(ResultSet row, StatementContext context) throws SQLException {
        if (row.getObject("event_id") == null) {
            return null;
        }
        try {
            return EVENTS.map(row, context);
        } catch (RuntimeException tampered) {
            // Tampered rows need not satisfy constraints.
            return null;
        }
    }
}
