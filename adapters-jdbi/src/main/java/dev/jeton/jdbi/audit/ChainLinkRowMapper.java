package dev.jeton.jdbi.audit;

import dev.jeton.domain.audit.AuditEventId;
import dev.jeton.domain.audit.ChainHash;
import dev.jeton.domain.audit.ChainLink;
import dev.jeton.jdbi.sql.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.StatementContext;

/** Reads links of audit chains. */
final class ChainLinkRowMapper implements RowMapper<ChainLink> {

    @Override
    public ChainLink map(ResultSet row, StatementContext context) throws SQLException {
        return new ChainLink(
                Columns.tenantId(row),
                row.getLong("position"),
                new AuditEventId(Columns.uuid(row, "event_id")),
                new ChainHash(row.getBytes("hash")));
    }
}
