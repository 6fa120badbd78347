package dev.jeton.jdbi.audit;

import dev.jeton.domain.audit.ChainCheckpoint;
import dev.jeton.domain.audit.ChainHash;
import dev.jeton.domain.tenant.TenantId;
import dev.jeton.jdbi.sql.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.StatementContext;

/** Reads checkpoints, from links or of purges. */
final class ChainCheckpointRowMapper implements RowMapper<ChainCheckpoint> {

    /** For each {@code wanted (tenant_id)}: its last link, which may be purged. */
    static final String HEADS = """
            SELECT wanted.tenant_id, head.position, head.hash
            FROM unnest(:tenantIds) AS wanted (tenant_id)
            CROSS JOIN LATERAL (
                SELECT last.position, last.hash FROM (
                    (SELECT c.position, c.hash FROM audit_chain c
                     WHERE c.tenant_id = wanted.tenant_id
                     ORDER BY c.position DESC
                     LIMIT 1)
                    UNION ALL
                    (SELECT k.position, k.hash FROM audit_checkpoints k WHERE k.tenant_id = wanted.tenant_id)) last
                ORDER BY last.position DESC
                LIMIT 1) head
            """;

    @Override
    public ChainCheckpoint map(ResultSet row, StatementContext context) throws SQLException {
        TenantId tenantId = Columns.tenantId(row);
        return new ChainCheckpoint(tenantId, row.getLong("position"), new ChainHash(row.getBytes("hash")));
    }
}
