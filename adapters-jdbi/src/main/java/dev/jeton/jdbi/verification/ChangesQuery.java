package dev.jeton.jdbi.verification;

import dev.jeton.domain.tenant.TenantId;
import dev.jeton.jdbi.sql.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.StatementContext;

/** Reads the changes of tenants between their cached positions and the current ones. */
final class ChangesQuery {
    static final String SQL = """
            SELECT c.tenant_id, c.number, c.tag, c.previous_tag, c.everything, c.token_ids, c.user_ids, c.workload_ids
            FROM unnest(:tenantIds, :after, :upTo) AS held (tenant_id, after, up_to)
            CROSS JOIN LATERAL (
                SELECT * FROM tenant_changes c
                WHERE c.tenant_id = held.tenant_id AND c.number > held.after AND c.number <= held.up_to
                ORDER BY c.number) c
            """;

    private static final RowMapper<Change> CHANGES = new ChangeRowMapper();

    private ChangesQuery() {}

    /** Returns the changes of each tenant, in order. There may be gaps. */
    static Map<TenantId, List<Change>> run(Handle handle, Collection<Span> spans) {
        Map<TenantId, List<Change>> changes = new HashMap<>();
        handle
                .createQuery(SQL)
                .bind(
                        "tenantIds",
                        spans.stream().map(span -> span.tenantId().value()).toArray(UUID[]::new))
                .bind("after", spans.stream().map(span -> span.after().number()).toArray(Long[]::new))
                .bind("upTo", spans.stream().map(span -> span.upTo().number()).toArray(Long[]::new))
                .map((rows, context) -> Map.entry(Columns.tenantId(rows), CHANGES.map(rows, context)))
                .stream()
                .collect(Collectors.groupingBy(
                        Map.Entry::getKey,
                        () -> changes,
                        Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
        return changes;
    }

    /** The positions between which to read changes. */
    record Span(TenantId tenantId, Position after, Position upTo) {}

    private static final class ChangeRowMapper implements RowMapper<Change> {
        @Override
        public Change map(ResultSet row, StatementContext context) throws SQLException {
            return new Change(
                    new Position(row.getLong("number"), Columns.uuid(row, "tag")),
                    Columns.uuid(row, "previous_tag"),
                    row.getBoolean("everything"),
                    Columns.uuids(row, "token_ids").toList(),
                    Columns.uuids(row, "user_ids").toList(),
                    Columns.uuids(row, "workload_ids").toList());
        }
    }
}
