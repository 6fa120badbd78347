package dev.jeton.jdbi.management;

import dev.jeton.domain.policy.NameUniqueness;
import dev.jeton.domain.text.FreeText;
import dev.jeton.domain.text.TokenName;
import dev.jeton.domain.token.Cancellation;
import dev.jeton.domain.token.SecretHint;
import dev.jeton.domain.token.Token;
import dev.jeton.domain.token.TokenId;
import dev.jeton.domain.token.WorkloadBinding;
import dev.jeton.domain.user.Role;
import dev.jeton.domain.user.UserId;
import dev.jeton.jdbi.sql.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/**
 * Reads tokens, without their digests. Assignments to deleted workloads that are not swept yet are hidden; each counts as the change that it
 * was when the workload was deleted, so that the revision is the same before and after the sweep.
 */
final class TokenRowMapper implements RowMapper<Token> {
    /** The deleted workloads of the tenant, as an operand of {@code IN}. A statement has it once, however many rows it reads. */
    static final String DELETED_WORKLOADS = "(SELECT s.resource_id FROM sweeps s WHERE s.tenant_id = :tenantId)";

    /** The hidden assignments of {@code tokens t}, as part of a FROM clause. */
    private static final String HIDDEN = """
            FROM sweeps s JOIN token_workloads w ON w.tenant_id = s.tenant_id AND w.workload_id = s.resource_id
            WHERE s.tenant_id = :tenantId AND w.token_id = t.token_id
            """;

    /** The visible version of {@code tokens t}. */
    static final String VERSION = "t.version + (SELECT count(*) " + HIDDEN + ")";

    /** Of {@code tokens t}; binds {@code tenantId}. */
    static final String COLUMNS = """
            t.tenant_id, t.token_id, t.user_id, t.tenant_wide, t.name, t.name_uniqueness, t.description, t.scopes, t.secret_hint,
            t.expire_time, t.cancel_reason, t.cancel_time, t.cancel_user_id, t.cancel_role, t.cancel_leaked, t.create_time,
            greatest(t.update_time, (SELECT max(s.create_time) %s)) AS update_time, %s AS version,
            ARRAY(SELECT w.workload_id FROM token_workloads w
                  WHERE w.tenant_id = t.tenant_id AND w.token_id = t.token_id AND w.workload_id NOT IN %s) AS workload_ids,
            (SELECT u.last_used_time FROM token_usage u
             WHERE u.tenant_id = t.tenant_id AND u.token_id = t.token_id) AS last_used_time
            """.formatted(HIDDEN, VERSION, DELETED_WORKLOADS);

    @Override
    public Token map(ResultSet row, StatementContext context) throws SQLException {
        return new Token(
                Columns.tenantId(row),
                new TokenId(Columns.uuid(row, "token_id")),
                new UserId(Columns.uuid(row, "user_id")),
                binding(row),
                new TokenName(Columns.text(row, "name")),
                NameUniqueness.valueOf(row.getString("name_uniqueness")),
                new FreeText(Columns.text(row, "description")),
                Columns.scopes(row, "scopes"),
                new SecretHint(row.getString("secret_hint")),
                Columns.expiry(row),
                cancellation(row),
                Columns.instant(row, "last_used_time"),
                Columns.revision(row));
    }

    private static WorkloadBinding binding(ResultSet row) throws SQLException {
        return row.getBoolean("tenant_wide")
                ? new WorkloadBinding.TenantWide()
                : new WorkloadBinding.Bound(Columns.workloadIds(row));
    }

    /** Null unless there is a reason, which may be empty. */
    private static @Nullable Cancellation cancellation(ResultSet row) throws SQLException {
        String reason = row.getString("cancel_reason");
        if (reason == null) {
            return null;
        }
        UUID userId = row.getObject("cancel_user_id", UUID.class);
        String role = row.getString("cancel_role");
        return new Cancellation(
                Columns.instant(row, "cancel_time"),
                userId == null ? null : new UserId(userId),
                role == null ? null : Role.valueOf(role),
                new FreeText(reason),
                row.getBoolean("cancel_leaked"));
    }
}
