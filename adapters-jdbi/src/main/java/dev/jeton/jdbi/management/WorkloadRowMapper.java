package dev.jeton.jdbi.management;

import dev.jeton.domain.text.WorkloadName;
import dev.jeton.domain.workload.Workload;
import dev.jeton.domain.workload.WorkloadId;
import dev.jeton.domain.workload.WorkloadKind;
import dev.jeton.domain.workload.WorkloadState;
import dev.jeton.jdbi.sql.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.StatementContext;

/** Reads workloads. */
final class WorkloadRowMapper implements RowMapper<Workload> {
    static final String COLUMNS = "tenant_id, workload_id, name, kind, state, create_time, update_time, version";

    @Override
    public Workload map(ResultSet row, StatementContext context) throws SQLException {
        return new Workload(
                Columns.tenantId(row),
                new WorkloadId(Columns.uuid(row, "workload_id")),
                new WorkloadName(Columns.text(row, "name")),
                WorkloadKind.valueOf(row.getString("kind")),
                WorkloadState.valueOf(row.getString("state")),
                Columns.revision(row));
    }
}
