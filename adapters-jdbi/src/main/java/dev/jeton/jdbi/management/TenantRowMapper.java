package dev.jeton.jdbi.management;

import dev.jeton.domain.policy.CharacterClass;
import dev.jeton.domain.policy.ExpiryRule;
import dev.jeton.domain.policy.Lifetime;
import dev.jeton.domain.policy.NameRule;
import dev.jeton.domain.policy.NameUniqueness;
import dev.jeton.domain.policy.TokenPolicy;
import dev.jeton.domain.policy.WorkloadRule;
import dev.jeton.domain.tenant.Tenant;
import dev.jeton.domain.tenant.TenantState;
import dev.jeton.domain.text.TenantName;
import dev.jeton.jdbi.sql.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.stream.Collectors;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** Reads tenants. */
final class TenantRowMapper implements RowMapper<Tenant> {
    static final String POLICY_COLUMNS = """
            policy_name_max_length, policy_name_allowed_characters, policy_name_uniqueness,
            policy_expiry_default_lifetime_micros, policy_expiry_allowed_lifetimes_micros, policy_expiry_max_lifetime_micros,
            policy_expiry_forbid_never, policy_expiry_fixed,
            policy_workload_max, policy_workload_required_for_use, policy_workload_required_at_creation,
            policy_allowed_scopes, policy_default_scopes, policy_max_tokens_per_user
            """;

    static final String COLUMNS =
            "tenant_id, display_name, state, create_time, update_time, version, " + POLICY_COLUMNS;

    @Override
    public Tenant map(ResultSet row, StatementContext context) throws SQLException {
        return new Tenant(
                Columns.tenantId(row),
                new TenantName(Columns.text(row, "display_name")),
                TenantState.valueOf(row.getString("state")),
                policy(row),
                Columns.revision(row));
    }

    static TokenPolicy policy(ResultSet row) throws SQLException {
        return new TokenPolicy(
                nameRule(row),
                expiryRule(row),
                workloadRule(row),
                Columns.scopes(row, "policy_allowed_scopes"),
                Columns.scopes(row, "policy_default_scopes"),
                row.getInt("policy_max_tokens_per_user"));
    }

    private static NameRule nameRule(ResultSet row) throws SQLException {
        return new NameRule(
                row.getInt("policy_name_max_length"),
                Columns.texts(row, "policy_name_allowed_characters")
                        .map(CharacterClass::valueOf)
                        .collect(Collectors.toSet()),
                NameUniqueness.valueOf(row.getString("policy_name_uniqueness")));
    }

    private static ExpiryRule expiryRule(ResultSet row) throws SQLException {
        return new ExpiryRule(
                lifetime(row, "policy_expiry_default_lifetime_micros"),
                Columns.longs(row, "policy_expiry_allowed_lifetimes_micros")
                        .map(TenantRowMapper::lifetime)
                        .toList(),
                lifetime(row, "policy_expiry_max_lifetime_micros"),
                row.getBoolean("policy_expiry_forbid_never"),
                row.getBoolean("policy_expiry_fixed"));
    }

    private static WorkloadRule workloadRule(ResultSet row) throws SQLException {
        return new WorkloadRule(
                row.getInt("policy_workload_max"),
                row.getBoolean("policy_workload_required_for_use"),
                row.getBoolean("policy_workload_required_at_creation"));
    }

    private static @Nullable Lifetime lifetime(ResultSet row, String column) throws SQLException {
        long micros = row.getLong(column);
        return row.wasNull() ? null : lifetime(micros);
    }

    private static Lifetime lifetime(long micros) {
        return new Lifetime(Duration.of(micros, ChronoUnit.MICROS));
    }
}
