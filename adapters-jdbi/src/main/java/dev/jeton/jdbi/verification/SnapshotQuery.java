package dev.jeton.jdbi.verification;

import dev.jeton.application.port.outbound.TokenLookup.Snapshot;
import dev.jeton.application.port.outbound.TokenLookup.TokenKey;
import dev.jeton.application.port.outbound.TokenLookup.WorkloadKey;
import dev.jeton.domain.tenant.TenantId;
import dev.jeton.domain.verification.TokenFacts;
import dev.jeton.domain.workload.WorkloadId;
import dev.jeton.domain.workload.WorkloadState;
import dev.jeton.jdbi.sql.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.StatementContext;

/** Reads tokens and workloads of any tenants, and the positions of those tenants, in one snapshot. */
final class SnapshotQuery {
    /** Matches no row: not a version 7 UUID. */
    private static final UUID NO_ID = new UUID(0, 0);

    private static final String COLUMNS = """
            requested.time, p.tenant_id AS position_tenant_id, p.number, p.tag,
            w.tenant_id AS workload_tenant_id, w.workload_id, w.state AS workload_state,
            """ + TokenFactsRowMapper.COLUMNS;

    /** One row, without arrays whose length the planner would have to guess. */
    private static final String FOR_ONE_TOKEN = "SELECT " + COLUMNS + """
            FROM (SELECT now() AS time) requested
            LEFT JOIN tenant_positions p ON p.tenant_id = :tenantId
            LEFT JOIN workloads w ON w.tenant_id = :workloadTenantId AND w.workload_id = :workloadId
            LEFT JOIN tokens t ON t.tenant_id = :tenantId AND t.token_id = :tokenId
            LEFT JOIN users u ON u.tenant_id = t.tenant_id AND u.user_id = t.user_id
            LEFT JOIN tenants n ON n.tenant_id = t.tenant_id
            """;

    /** One row for the time alone, and one per key. */
    private static final String FOR_MANY = "SELECT " + COLUMNS + """
            FROM (
                SELECT now() AS time, NULL::uuid AS tenant_id, NULL::uuid AS token_id, NULL::uuid AS workload_id
                UNION ALL
                SELECT now(), key.tenant_id, key.token_id, NULL
                FROM unnest(:tokenTenantIds, :tokenIds) AS key (tenant_id, token_id)
                UNION ALL
                SELECT now(), key.tenant_id, NULL, key.workload_id
                FROM unnest(:workloadTenantIds, :workloadIds) AS key (tenant_id, workload_id)) requested
            LEFT JOIN tenant_positions p ON p.tenant_id = requested.tenant_id
            LEFT JOIN workloads w ON w.tenant_id = requested.tenant_id AND w.workload_id = requested.workload_id
            LEFT JOIN tokens t ON t.tenant_id = requested.tenant_id AND t.token_id = requested.token_id
            LEFT JOIN users u ON u.tenant_id = t.tenant_id AND u.user_id = t.user_id
            LEFT JOIN tenants n ON n.tenant_id = t.tenant_id
            """;

    private final Set<TokenKey> tokens;
    private final Set<WorkloadKey> workloads;

    SnapshotQuery(Set<TokenKey> tokens, Set<WorkloadKey> workloads) {
        this.tokens = Set.copyOf(tokens);
        this.workloads = Set.copyOf(workloads);
    }

    Loaded run(Handle handle, RowMapper<TokenFacts> mapper) {
        Query query = handle.createQuery(sql());
        return bind(query).scanResultSet((rows, context) -> loaded(rows.get(), mapper, context));
    }

    String sql() {
        return isForOneToken() ? FOR_ONE_TOKEN : FOR_MANY;
    }

    Query bind(Query query) {
        if (isForOneToken()) {
            TokenKey token = tokens.iterator().next();
            WorkloadKey workload =
                    workloads.stream().findFirst().orElse(new WorkloadKey(new TenantId(NO_ID), new WorkloadId(NO_ID)));
            return query.bind("tenantId", token.tenantId().value())
                    .bind("tokenId", token.tokenId().value())
                    .bind("workloadTenantId", workload.tenantId().value())
                    .bind("workloadId", workload.workloadId().value());
        }
        return query.bind("tokenTenantIds", ids(tokens, key -> key.tenantId().value()))
                .bind("tokenIds", ids(tokens, key -> key.tokenId().value()))
                .bind("workloadTenantIds", ids(workloads, key -> key.tenantId().value()))
                .bind("workloadIds", ids(workloads, key -> key.workloadId().value()));
    }

    private boolean isForOneToken() {
        return tokens.size() == 1 && workloads.size() <= 1;
    }

    private static <K> UUID[] ids(Set<K> keys, Function<K, UUID> id) {
        return keys.stream().map(id).toArray(UUID[]::new);
    }

    private static Loaded loaded(ResultSet rows, RowMapper<TokenFacts> mapper, StatementContext context)
            throws SQLException {
        Instant time = Instant.MIN;
        Map<TokenKey, TokenFacts> tokens = new HashMap<>();
        Map<WorkloadKey, WorkloadState> workloads = new HashMap<>();
        Map<TenantId, Position> positions = new HashMap<>();
        while (rows.next()) {
            if (time == Instant.MIN) {
                time = Columns.instant(rows, "time");
            }
            UUID positioned = Columns.uuid(rows, "position_tenant_id");
            if (positioned != null) {
                positions.put(
                        new TenantId(positioned), new Position(rows.getLong("number"), Columns.uuid(rows, "tag")));
            }
            if (TokenFactsRowMapper.isPresent(rows)) {
                TokenFacts facts = mapper.map(rows, context);
                tokens.put(new TokenKey(facts.token().tenantId(), facts.token().tokenId()), facts);
            }
            UUID workloadId = Columns.uuid(rows, "workload_id");
            if (workloadId != null) {
                TenantId tenantId = new TenantId(Columns.uuid(rows, "workload_tenant_id"));
                workloads.put(
                        new WorkloadKey(tenantId, new WorkloadId(workloadId)),
                        WorkloadState.valueOf(rows.getString("workload_state")));
            }
        }
        return new Loaded(new Snapshot(time, Map.copyOf(tokens), Map.copyOf(workloads)), positions);
    }

    /**
     * The result.
     *
     * @param positions of the tenants, in the same snapshot
     */
    record Loaded(Snapshot snapshot, Map<TenantId, Position> positions) {}
}
