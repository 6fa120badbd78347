package dev.jeton.jdbi.management;

import dev.jeton.domain.policy.NameUniqueness;
import dev.jeton.domain.text.FreeText;
import dev.jeton.domain.text.StoredText;
import dev.jeton.domain.text.TokenName;
import dev.jeton.domain.token.Cancellation;
import dev.jeton.domain.token.SecretHint;
import dev.jeton.domain.token.Token;
import dev.jeton.domain.token.TokenId;
import dev.jeton.domain.user.UserId;
import dev.jeton.jdbi.sql.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.StatementContext;

/** Reads tokens, without their digests. */
final class TokenRowMapper implements RowMapper<Token> {
    /** Of {@code tokens t}. */
    static final String COLUMNS = """
            t.tenant_id, t.token_id, t.user_id, t.tenant_wide, t.name, t.name_uniqueness, t.description, t.scopes, t.secret_hint,
            t.expire_time, t.cancel_reason, t.create_time, t.update_time, t.version,
            ARRAY(SELECT w.workload_id FROM token_workloads w
                  WHERE w.tenant_id = t.tenant_id AND w.token_id = t.token_id) AS workload_ids,
            (SELECT u.last_used_time FROM token_usage u
             WHERE u.tenant_id = t.tenant_id AND u.token_id = t.token_id) AS last_used_time
            """;

    @Override
    public Token map(ResultSet row, StatementContext context) throws SQLException {
        String cancelReason = row.getString("cancel_reason");
        return new Token(
                Columns.tenantId(row),
                new TokenId(Columns.uuid(row, "token_id")),
                new UserId(Columns.uuid(row, "user_id")),
                row.getBoolean("tenant_wide"),
                new TokenName(Columns.text(row, "name")),
                NameUniqueness.valueOf(row.getString("name_uniqueness")),
                new FreeText(Columns.text(row, "description")),
                Columns.scopes(row, "scopes"),
                Columns.workloadIds(row),
                new SecretHint(row.getString("secret_hint")),
                Columns.expiry(row),
                cancelReason == null ? null : new Cancellation(new FreeText(new StoredText(cancelReason))),
                Columns.instant(row, "last_used_time"),
                Columns.revision(row));
    }
}
