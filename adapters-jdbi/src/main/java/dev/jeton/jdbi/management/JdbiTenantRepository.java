package dev.jeton.jdbi.management;

import dev.jeton.application.port.outbound.TenantRepository;
import dev.jeton.domain.policy.CharacterClass;
import dev.jeton.domain.policy.ExpiryRule;
import dev.jeton.domain.policy.Lifetime;
import dev.jeton.domain.policy.NameRule;
import dev.jeton.domain.policy.TokenPolicy;
import dev.jeton.domain.policy.WorkloadRule;
import dev.jeton.domain.tenant.Tenant;
import dev.jeton.domain.tenant.TenantId;
import dev.jeton.jdbi.sql.Columns;
import dev.jeton.jdbi.sql.Parameters;
import dev.jeton.jdbi.sql.PostgresErrors;
import dev.jeton.jdbi.sql.Require;
import dev.jeton.jdbi.sql.TenantScope;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Table {@code tenants}. */
final class JdbiTenantRepository implements TenantRepository {
    private static final TenantRowMapper ROWS = new TenantRowMapper();

    static final String FIND = "SELECT " + TenantRowMapper.COLUMNS + " FROM tenants WHERE tenant_id = :tenantId";

    private static final String INSERT = """
                WITH tenant AS (
                    INSERT INTO tenants (
                        tenant_id, display_name, state,
                        policy_name_max_length, policy_name_allowed_characters, policy_name_uniqueness,
                        policy_expiry_default_lifetime_micros, policy_expiry_allowed_lifetimes_micros,
                        policy_expiry_max_lifetime_micros, policy_expiry_forbid_never, policy_expiry_fixed,
                        policy_workload_max, policy_workload_required_for_use, policy_workload_required_at_creation,
                        policy_allowed_scopes, policy_default_scopes, policy_max_tokens_per_user,
                        create_time, update_time, version)
                    VALUES (
                        :tenantId, :displayName, :state,
                        :nameMaxLength, :nameAllowedCharacters, :nameUniqueness,
                        :defaultLifetime, :allowedLifetimes, :maxLifetime, :forbidNever, :fixed,
                        :maxWorkloads, :requiredForUse, :requiredAtCreation,
                        :allowedScopes, :defaultScopes, :maxTokensPerUser,
                        :createTime, :updateTime, :version)
                    %s
                    RETURNING tenant_id),
                position AS (
                    INSERT INTO tenant_positions (tenant_id, number, tag, previous_tag)
                    SELECT tenant_id, 0, :tag, :tag FROM tenant
                    WHERE NOT EXISTS (SELECT FROM tenant_positions p WHERE p.tenant_id = :tenantId))
                SELECT count(*) FROM tenant
                """;

    private static final String INSERT_NEW = INSERT.formatted("");

    private static final String INSERT_IF_ABSENT = INSERT.formatted("ON CONFLICT DO NOTHING");

    private final TenantScope scope;
    private final ChangeRecorder changes;

    JdbiTenantRepository(TenantScope scope, ChangeRecorder changes) {
        this.scope = scope;
        this.changes = changes;
    }

    @Override
    public void insert(Tenant tenant) {
        scope.closing()
                .addRefusable(
                        tenant.id(),
                        INSERT_NEW,
                        parameters -> bindNew(tenant, parameters),
                        failure -> PostgresErrors.refusedWrite(failure, Map.of()));
    }

    @Override
    public boolean insertIfAbsent(Tenant tenant) {
        int[] inserted = new int[1];
        scope.closing()
                .addRead(
                        tenant.id(),
                        INSERT_IF_ABSENT,
                        parameters -> bindNew(tenant, parameters),
                        row -> inserted[0] = row.getInt(1));
        scope.closing().flush();
        return inserted[0] == 1;
    }

    @Override
    public Optional<Tenant> find(TenantId tenantId) {
        return scope.query(tenantId, FIND)
                .bind("tenantId", tenantId.value())
                .map(ROWS)
                .findOne();
    }

    @Override
    public Optional<Tenant> hold(TenantId tenantId) {
        return findLocked(tenantId, "FOR KEY SHARE");
    }

    @Override
    public Optional<Tenant> lock(TenantId tenantId) {
        return findLocked(tenantId, "FOR NO KEY UPDATE");
    }

    @Override
    public Optional<Tenant> lockForDelete(TenantId tenantId) {
        return findLocked(tenantId, "FOR UPDATE");
    }

    private Optional<Tenant> findLocked(TenantId tenantId, String strength) {
        return scope.queryLocked(tenantId, FIND, "SELECT FROM tenants WHERE tenant_id = :tenantId " + strength)
                .bind("tenantId", tenantId.value())
                .map(ROWS)
                .findOne();
    }

    @Override
    public void update(Tenant tenant) {
        String update = """
                WITH updated AS (
                UPDATE tenants SET
                    display_name = :displayName,
                    state = :state,
                    policy_name_max_length = :nameMaxLength,
                    policy_name_allowed_characters = :nameAllowedCharacters,
                    policy_name_uniqueness = :nameUniqueness,
                    policy_expiry_default_lifetime_micros = :defaultLifetime,
                    policy_expiry_allowed_lifetimes_micros = :allowedLifetimes,
                    policy_expiry_max_lifetime_micros = :maxLifetime,
                    policy_expiry_forbid_never = :forbidNever,
                    policy_expiry_fixed = :fixed,
                    policy_workload_max = :maxWorkloads,
                    policy_workload_required_for_use = :requiredForUse,
                    policy_workload_required_at_creation = :requiredAtCreation,
                    policy_allowed_scopes = :allowedScopes,
                    policy_default_scopes = :defaultScopes,
                    policy_max_tokens_per_user = :maxTokensPerUser,
                    update_time = :updateTime,
                    version = :version
                WHERE tenant_id = :tenantId AND version = :version - 1
                RETURNING tenant_id)
                SELECT %s""".formatted(Require.REVISION.that("EXISTS (SELECT FROM updated)"));
        scope.closing()
                .addRefusable(
                        tenant.id(),
                        update,
                        parameters -> bind(tenant, parameters),
                        failure -> PostgresErrors.refusedWrite(failure, Map.of()));
        changes.tenant(tenant.id());
    }

    @Override
    public boolean isEmpty(TenantId tenantId) {
        return scope.query(tenantId, """
                        SELECT NOT EXISTS (SELECT FROM users WHERE tenant_id = :tenantId)
                           AND NOT EXISTS (SELECT FROM workloads WHERE tenant_id = :tenantId)
                        """)
                .bind("tenantId", tenantId.value())
                .mapTo(Boolean.class)
                .one();
    }

    @Override
    public void delete(TenantId tenantId) {
        int deleted = scope.update(tenantId, "DELETE FROM tenants WHERE tenant_id = :tenantId")
                .bind("tenantId", tenantId.value())
                .execute();
        if (deleted > 0) {
            changes.tenant(tenantId);
        }
    }

    private static void bindNew(Tenant tenant, Parameters parameters) {
        bind(tenant, parameters)
                .bind("createTime", tenant.revision().createTime())
                .bind("tag", UUID.randomUUID());
    }

    private static Parameters bind(Tenant tenant, Parameters parameters) {
        TokenPolicy policy = tenant.policy();
        NameRule names = policy.nameRule();
        ExpiryRule expiry = policy.expiryRule();
        WorkloadRule workloads = policy.workloadRule();
        return parameters
                .bind("tenantId", tenant.id().value())
                .bind("displayName", tenant.displayName().value())
                .bind("state", tenant.state().name())
                .bind("nameMaxLength", names.maxLength())
                .bind(
                        "nameAllowedCharacters",
                        names.allowedCharacters().stream()
                                .map(CharacterClass::name)
                                .toArray(String[]::new))
                .bind("nameUniqueness", names.uniqueness().name())
                .bindByType("defaultLifetime", micros(expiry.defaultLifetime()), Long.class)
                .bind(
                        "allowedLifetimes",
                        expiry.allowedLifetimes().stream()
                                .map(JdbiTenantRepository::micros)
                                .toArray(Long[]::new))
                .bindByType("maxLifetime", micros(expiry.maxLifetime()), Long.class)
                .bind("forbidNever", expiry.forbidNever())
                .bind("fixed", expiry.fixed())
                .bind("maxWorkloads", workloads.maxWorkloads())
                .bind("requiredForUse", workloads.requiredForUse())
                .bind("requiredAtCreation", workloads.requiredAtCreation())
                .bind("allowedScopes", Columns.texts(policy.allowedScopes()))
                .bind("defaultScopes", Columns.texts(policy.defaultScopes()))
                .bind("maxTokensPerUser", policy.maxTokensPerUser())
                .bind("updateTime", tenant.revision().updateTime())
                .bind("version", tenant.revision().version());
    }

    private static @Nullable Long micros(@Nullable Lifetime lifetime) {
        return lifetime == null ? null : TimeUnit.MICROSECONDS.convert(lifetime.duration());
    }
}
