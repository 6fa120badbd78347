package dev.jeton.jdbi.verification;

import dev.jeton.domain.policy.Expiry;
import dev.jeton.domain.scope.Scopes;
import dev.jeton.domain.tenant.TenantId;
import dev.jeton.domain.tenant.TenantState;
import dev.jeton.domain.token.SecretDigest;
import dev.jeton.domain.token.TokenId;
import dev.jeton.domain.user.Role;
import dev.jeton.domain.user.UserId;
import dev.jeton.domain.user.UserState;
import dev.jeton.domain.verification.LiveSecret;
import dev.jeton.domain.verification.SecretId;
import dev.jeton.domain.verification.TokenFacts;
import dev.jeton.domain.verification.VerifiedToken;
import dev.jeton.jdbi.sql.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.StatementContext;

/** Reads what a verdict depends on. Rows are cached, so equal values share one instance. Thread-safe. */
final class TokenFactsRowMapper implements RowMapper<TokenFacts> {
    /**
     * Of {@code tokens t}, its owner {@code users u} and its tenant {@code tenants n}. OFFSET keeps the planner from a join, which could read all
     * workloads of the tenant.
     */
    static final String COLUMNS = """
            t.tenant_id, t.token_id, t.secret_scheme, t.secret_digest,
            n.state AS tenant_state, n.policy_workload_required_for_use AS workload_required,
            t.user_id, u.state AS user_state, u.role,
            t.cancel_reason IS NOT NULL AS cancelled, t.expire_time, t.tenant_wide,
            ARRAY(SELECT a.workload_id FROM token_workloads a
                  WHERE a.tenant_id = t.tenant_id AND a.token_id = t.token_id
                    AND EXISTS (SELECT FROM workloads b
                                WHERE b.tenant_id = a.tenant_id AND b.workload_id = a.workload_id OFFSET 0)) AS workload_ids,
            t.scopes
            """;

    private final Interner<TenantId> tenants = new Interner<>();
    private final Interner<UserId> owners = new Interner<>();
    private final Interner<Scopes> scopes = new Interner<>();

    /** Whether the row has a token whose owner and tenant exist. What is left of deleted ones is not found, and swept later. */
    static boolean isPresent(ResultSet row) throws SQLException {
        return row.getString("user_state") != null && row.getString("tenant_state") != null;
    }

    @Override
    public TokenFacts map(ResultSet row, StatementContext context) throws SQLException {
        TokenId tokenId = new TokenId(Columns.uuid(row, "token_id"));
        SecretDigest digest = new SecretDigest(row.getString("secret_scheme").intern(), row.getBytes("secret_digest"));
        return new TokenFacts(
                new VerifiedToken(
                        tenants.intern(Columns.tenantId(row)),
                        tokenId,
                        owners.intern(new UserId(Columns.uuid(row, "user_id"))),
                        Role.valueOf(row.getString("role")),
                        row.getBoolean("tenant_wide"),
                        Columns.workloadIds(row),
                        scopes.intern(Columns.scopes(row, "scopes")),
                        Columns.expiry(row)),
                List.of(new LiveSecret(SecretId.ofFirst(tokenId), digest, Expiry.NEVER)),
                TenantState.valueOf(row.getString("tenant_state")),
                row.getBoolean("workload_required"),
                UserState.valueOf(row.getString("user_state")),
                row.getBoolean("cancelled"));
    }
}
