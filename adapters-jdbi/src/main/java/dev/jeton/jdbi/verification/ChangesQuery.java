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

/**
 * Reads the changes of tenants between their cached positions and the current ones. Stops when the changes name too many ids, which looks
 * like a gap to the tenants that are not complete.
 */
final class ChangesQuery {
    /** A tenant whose tokens are cancelled in bulk names 1,000 a change. */
    static final int MAX_IDS = 20_000;

    static final String SQL = """
            SELECT tenant_id, number, tag, previous_tag, everything, token_ids, user_ids, workload_ids
            FROM (
                SELECT c.*, sum(cardinality(c.token_ids) + cardinality(c.user_ids) + cardinality(c.workload_ids))
                    OVER (ROWS UNBOUNDED PRECEDING) AS ids
                FROM unnest(:tenantIds, :after, :upTo) AS held (tenant_id, after, up_to)
                CROSS JOIN LATERAL (
                    SELECT * FROM tenant_changes c
                    WHERE c.tenant_id = held.tenant_id AND c.number > held.after AND c.number <= held.up_to
                    ORDER BY c.number) c) counted
            WHERE ids <= :maxIds
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
                .bind("maxIds", MAX_IDS)
                .map((rows, context) -> Map.entry(Columns.tenantId(rows), CHANGES.map(rows, context)))
                .stream()
                .collect(Collectors.groupingBy(
                        Map.Entry::getKey,
                        () -> changes,
                        Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
        return changes;
    }

    /** The positions between which to read changes. */
    record Span(TenantId tenantId, Position after, Position upTo) {

        /** Returns how many changes it has. */
        long length() {
            return upTo.number() - after.number();
        }
    }

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
