package dev.jeton.jdbi.management;

import dev.jeton.application.port.outbound.TokenRepository.Unassigned;
import dev.jeton.domain.tenant.TenantId;
import dev.jeton.domain.token.Token;
import dev.jeton.domain.token.TokenId;
import dev.jeton.domain.user.UserId;
import dev.jeton.domain.workload.WorkloadId;
import dev.jeton.jdbi.sql.Columns;
import dev.jeton.jdbi.sql.TenantScope;
import java.time.Instant;
import java.util.List;

/** Removes what deletions of users, workloads and tenants left of tokens, a slice at a time. Touches nothing that is visible. */
final class TokenSlices {
    private static final TokenRowMapper ROWS = new TokenRowMapper();

    /** The newest of some ids, in ascending order, in which all transactions lock tokens. A join reads an array in its order. */
    private static final String SLICE = """
            unnest(ARRAY(SELECT newest.token_id FROM (%s ORDER BY token_id DESC LIMIT :limit) newest ORDER BY newest.token_id))
                AS slice (token_id)
            """;

    private static final String OF_DELETED_OWNER = SLICE.formatted("""
            SELECT o.token_id FROM tokens o
            WHERE o.tenant_id = :tenantId AND o.user_id = :ownerId
              AND NOT EXISTS (SELECT FROM users u WHERE u.tenant_id = :tenantId AND u.user_id = :ownerId)
            """);

    private static final String OF_DELETED_TENANT = SLICE.formatted("""
            SELECT o.token_id FROM tokens o
            WHERE o.tenant_id = :tenantId AND NOT EXISTS (SELECT FROM tenants n WHERE n.tenant_id = :tenantId)
            """);

    private static final String ASSIGNED_TO_DELETED = SLICE.formatted("""
            SELECT a.token_id FROM token_workloads a
            WHERE a.tenant_id = :tenantId AND a.workload_id = :workloadId
              AND NOT EXISTS (SELECT FROM workloads w WHERE w.tenant_id = :tenantId AND w.workload_id = :workloadId)
            """);

    private static final String LOCK =
            "SELECT FROM %s JOIN tokens t ON t.tenant_id = :tenantId AND t.token_id = slice.token_id FOR ";

    static final String LOCK_ASSIGNED = LOCK.formatted(ASSIGNED_TO_DELETED) + "NO KEY UPDATE OF t";

    private static final String DELETE = """
            DELETE FROM tokens t USING %%s
            WHERE t.tenant_id = :tenantId AND t.token_id = slice.token_id
            RETURNING %s""".formatted(TokenRowMapper.COLUMNS);

    private final TenantScope scope;
    private final ChangeRecorder changes;

    TokenSlices(TenantScope scope, ChangeRecorder changes) {
        this.scope = scope;
        this.changes = changes;
    }

    /** Records no change: the deletion of the owner did. */
    List<Token> deleteByOwner(TenantId tenantId, UserId ownerId, int limit, Instant now) {
        return scope.queryLocked(
                        tenantId,
                        """
                        WITH deleted AS (%s),
                        tombstones AS (
                            INSERT INTO deleted_tokens (tenant_id, token_id, user_id, delete_time)
                            SELECT tenant_id, token_id, user_id, :now FROM deleted)
                        SELECT * FROM deleted ORDER BY token_id DESC
                        """.formatted(DELETE.formatted(OF_DELETED_OWNER)),
                        LOCK.formatted(OF_DELETED_OWNER) + "UPDATE OF t")
                .bind("tenantId", tenantId.value())
                .bind("ownerId", ownerId.value())
                .bind("limit", limit)
                .bind("now", now)
                .map(ROWS)
                .list();
    }

    /** Records no change: the deletion of the tenant changed everything. */
    List<Token> deleteByTenant(TenantId tenantId, int limit) {
        return scope.queryLocked(
                        tenantId,
                        "WITH deleted AS (%s) SELECT * FROM deleted ORDER BY token_id DESC"
                                .formatted(DELETE.formatted(OF_DELETED_TENANT)),
                        LOCK.formatted(OF_DELETED_TENANT) + "UPDATE OF t")
                .bind("tenantId", tenantId.value())
                .bind("limit", limit)
                .map(ROWS)
                .list();
    }

    int deleteTombstones(TenantId tenantId, int limit) {
        return scope.update(tenantId, """
                        DELETE FROM deleted_tokens d
                        USING unnest(ARRAY(
                            SELECT o.token_id FROM deleted_tokens o
                            WHERE o.tenant_id = :tenantId AND NOT EXISTS (SELECT FROM tenants n WHERE n.tenant_id = :tenantId)
                            ORDER BY o.token_id LIMIT :limit)) AS slice (token_id)
                        WHERE d.tenant_id = :tenantId AND d.token_id = slice.token_id
                        """)
                .bind("tenantId", tenantId.value())
                .bind("limit", limit)
                .execute();
    }

    List<Unassigned> unassign(TenantId tenantId, WorkloadId workloadId, int limit, Instant time) {
        List<Unassigned> unassigned = scope.queryLocked(
                        tenantId, """
                        WITH removed AS (
                            DELETE FROM token_workloads a USING %s
                            WHERE a.tenant_id = :tenantId AND a.token_id = slice.token_id AND a.workload_id = :workloadId
                            RETURNING a.tenant_id, a.token_id),
                        revised AS (
                            UPDATE tokens t SET version = t.version + 1, update_time = greatest(t.update_time, :time)
                            FROM removed
                            WHERE t.tenant_id = removed.tenant_id AND t.token_id = removed.token_id
                            RETURNING t.tenant_id, t.token_id)
                        SELECT t.token_id, ARRAY(
                            SELECT w.workload_id FROM token_workloads w
                            WHERE w.tenant_id = t.tenant_id AND w.token_id = t.token_id
                              AND w.workload_id <> :workloadId AND w.workload_id NOT IN %s) AS workload_ids
                        FROM revised t ORDER BY t.token_id DESC
                        """.formatted(ASSIGNED_TO_DELETED, TokenRowMapper.DELETED_WORKLOADS), LOCK_ASSIGNED)
                .bind("tenantId", tenantId.value())
                .bind("workloadId", workloadId.value())
                .bind("limit", limit)
                .bind("time", time)
                .map((row, context) ->
                        new Unassigned(new TokenId(Columns.uuid(row, "token_id")), Columns.workloadIds(row)))
                .list();
        unassigned.forEach(token -> changes.unassigned(tenantId, workloadId, token.tokenId()));
        return unassigned;
    }
}
