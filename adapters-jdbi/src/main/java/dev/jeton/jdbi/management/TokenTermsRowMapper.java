package dev.jeton.jdbi.management;

import dev.jeton.application.port.outbound.UserRepository.TokenTerms;
import dev.jeton.domain.user.Role;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.StatementContext;

/** Reads what limits a user's tokens: the role and the tenant's policy. */
final class TokenTermsRowMapper implements RowMapper<TokenTerms> {
    /** Of {@code users} and {@code tenants}. */
    static final String COLUMNS = "role, " + TenantRowMapper.POLICY_COLUMNS;

    @Override
    public TokenTerms map(ResultSet row, StatementContext context) throws SQLException {
        return new TokenTerms(TenantRowMapper.policy(row), Role.valueOf(row.getString("role")));
    }
}
