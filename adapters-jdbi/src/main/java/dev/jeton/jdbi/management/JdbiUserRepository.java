package dev.jeton.jdbi.management;

import dev.jeton.application.page.Page;
import dev.jeton.application.page.PageRequest;
import dev.jeton.application.port.outbound.Reach;
import dev.jeton.application.port.outbound.UserRepository;
import dev.jeton.domain.tenant.Tenant;
import dev.jeton.domain.tenant.TenantId;
import dev.jeton.domain.user.User;
import dev.jeton.domain.user.UserId;
import dev.jeton.domain.workload.WorkloadId;
import dev.jeton.jdbi.sql.Columns;
import dev.jeton.jdbi.sql.Keyset;
import dev.jeton.jdbi.sql.Pages;
import dev.jeton.jdbi.sql.Parameters;
import dev.jeton.jdbi.sql.PostgresErrors;
import dev.jeton.jdbi.sql.Require;
import dev.jeton.jdbi.sql.TenantScope;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jdbi.v3.core.statement.Query;

/** Table {@code users}. */
final class JdbiUserRepository implements UserRepository {
    private static final UserRowMapper ROWS = new UserRowMapper();
    private static final TenantRowMapper TENANTS = new TenantRowMapper();
    private static final TokenTermsRowMapper TERMS = new TokenTermsRowMapper();

    private static final String FIND = "SELECT " + UserRowMapper.COLUMNS + """
             FROM users
            WHERE tenant_id = :tenantId AND user_id = :userId
              AND EXISTS (SELECT FROM tenants n WHERE n.tenant_id = :tenantId)
            """;

    /** The newest users of a deleted tenant. */
    private static final String SLICE = """
            unnest(ARRAY(
                SELECT u.user_id FROM users u
                WHERE u.tenant_id = :tenantId AND NOT EXISTS (SELECT FROM tenants n WHERE n.tenant_id = :tenantId)
                ORDER BY u.user_id DESC LIMIT :limit)) AS slice (id)
            """;

    private static final String HOLD = """
            SELECT FROM users
            WHERE tenant_id = :tenantId AND user_id = :userId AND %s (
                SELECT FROM tenants WHERE tenant_id = :tenantId AND policy_max_tokens_per_user > 0)
            FOR %s""";

    /** The strength depends on the policy, because a lock that is strengthened later could deadlock. */
    private static final String HOLD_WITHOUT_QUOTA = HOLD.formatted("NOT EXISTS", "KEY SHARE");

    private static final String HOLD_WITH_QUOTA = HOLD.formatted("EXISTS", "NO KEY UPDATE");

    private static final String FIND_OWNER =
            "SELECT tenant_id, " + TokenTermsRowMapper.COLUMNS + ", " + JdbiWorkloadRepository.EXISTING + """
            , (SELECT count(*) FROM (
                SELECT FROM tokens t WHERE t.tenant_id = :tenantId AND t.user_id = :userId
                LIMIT policy_max_tokens_per_user) owned) AS owned_tokens
            FROM users JOIN tenants USING (tenant_id)
            WHERE tenant_id = :tenantId AND user_id = :userId
            """;

    static final String TENANT_OF =
            "SELECT tenant_id FROM users JOIN tenants USING (tenant_id) WHERE user_id = :userId";

    private final TenantScope scope;
    private final ChangeRecorder changes;

    JdbiUserRepository(TenantScope scope, ChangeRecorder changes) {
        this.scope = scope;
        this.changes = changes;
    }

    @Override
    public void insert(User user) {
        write(
                user,
                """
                WITH tenant AS (SELECT FROM tenants WHERE tenant_id = :tenantId FOR KEY SHARE),
                inserted AS (
                    INSERT INTO users (
                        tenant_id, user_id, email, email_key, display_name, role, state, create_time, update_time, version)
                    SELECT
                        :tenantId, :userId, :email, :emailKey, :displayName, :role, :state,
                        :createTime, :updateTime, :version
                    FROM tenant
                    RETURNING user_id)
                SELECT %s""".formatted(Require.TENANT.that("EXISTS (SELECT FROM inserted)")),
                bind(user)
                        .andThen(parameters ->
                                parameters.bind("createTime", user.revision().createTime())));
    }

    @Override
    public Optional<User> find(Reach reach, UserId userId) {
        return scope.query(reach, TENANT_OF, FIND)
                .bind("userId", userId.value())
                .map(ROWS)
                .findOne();
    }

    @Override
    public Optional<UserOfTenant> findWithTenant(Reach reach, UserId userId) {
        User[] found = new User[1];
        Optional<Tenant> tenant = scope.query(
                        reach, TENANT_OF, FIND, row -> found[0] = UserRowMapper.map(row), JdbiTenantRepository.FIND)
                .bind("userId", userId.value())
                .map(TENANTS)
                .findOne();
        return tenant.filter(of -> found[0] != null).map(of -> new UserOfTenant(found[0], of));
    }

    @Override
    public Optional<User> lock(Reach reach, UserId userId) {
        return findLocked(reach, userId, "FOR NO KEY UPDATE");
    }

    @Override
    public Optional<User> lockForDelete(Reach reach, UserId userId) {
        return findLocked(reach, userId, "FOR UPDATE");
    }

    private Optional<User> findLocked(Reach reach, UserId userId, String strength) {
        return scope.queryLocked(
                        reach,
                        TENANT_OF,
                        FIND,
                        "SELECT FROM users WHERE tenant_id = :tenantId AND user_id = :userId " + strength)
                .bind("userId", userId.value())
                .map(ROWS)
                .findOne();
    }

    @Override
    public Optional<TokenOwner> holdOwner(Reach reach, UserId userId, Set<WorkloadId> wanted) {
        return scope.queryLocked(reach, TENANT_OF, FIND_OWNER, HOLD_WITHOUT_QUOTA, HOLD_WITH_QUOTA)
                .bind("userId", userId.value())
                .bind("wanted", Columns.ids(wanted))
                .map((row, context) -> new TokenOwner(
                        Columns.tenantId(row),
                        TERMS.map(row, context),
                        row.getInt("owned_tokens"),
                        Columns.workloadIds(row, "existing_workloads")))
                .findOne();
    }

    @Override
    public void update(User user) {
        write(user, """
                WITH updated AS (
                    UPDATE users SET
                        email = :email,
                        email_key = :emailKey,
                        display_name = :displayName,
                        role = :role,
                        state = :state,
                        update_time = :updateTime,
                        version = :version
                    WHERE tenant_id = :tenantId AND user_id = :userId AND version = :version - 1
                    RETURNING user_id)
                SELECT %s""".formatted(Require.REVISION.that("EXISTS (SELECT FROM updated)")), bind(user));
        changes.user(user.tenantId(), user.id());
    }

    @Override
    public void delete(TenantId tenantId, UserId userId) {
        scope.closing()
                .add(
                        tenantId,
                        "DELETE FROM users WHERE tenant_id = ? AND user_id = ?",
                        tenantId.value(),
                        userId.value());
        changes.user(tenantId, userId);
    }

    /** Records no change: the deletion of the tenant changed everything. */
    @Override
    public List<User> deleteByTenant(TenantId tenantId, int limit) {
        return scope.queryLocked(tenantId, """
                        WITH deleted AS (
                            DELETE FROM users u USING %s
                            WHERE u.tenant_id = :tenantId AND u.user_id = slice.id
                            RETURNING u.*)
                        SELECT %s FROM deleted ORDER BY user_id DESC
                        """.formatted(SLICE, UserRowMapper.COLUMNS), """
                        SELECT FROM %s JOIN users u ON u.tenant_id = :tenantId AND u.user_id = slice.id
                        FOR UPDATE OF u
                        """.formatted(SLICE))
                .bind("tenantId", tenantId.value())
                .bind("limit", limit)
                .map(ROWS)
                .list();
    }

    @Override
    public Page<User> page(TenantId tenantId, PageRequest page) {
        Query query = scope.query(tenantId, "SELECT " + UserRowMapper.COLUMNS + """
                         FROM users
                        WHERE tenant_id = :tenantId AND user_id < :before
                          AND EXISTS (SELECT FROM tenants n WHERE n.tenant_id = :tenantId)
                        ORDER BY user_id DESC
                        LIMIT :limit
                        """, page)
                .bind("tenantId", tenantId.value())
                .bind("before", Keyset.before(page))
                .bind("limit", Keyset.limit(page));
        return Pages.read(query, ROWS, page, user -> user.id().value());
    }

    @Override
    public int countActiveOperators(TenantId tenantId) {
        return scope.query(tenantId, """
                        SELECT count(*) FROM users
                        WHERE tenant_id = :tenantId AND role = 'OPERATOR' AND state = 'ACTIVE'
                        """)
                .bind("tenantId", tenantId.value())
                .mapTo(Integer.class)
                .one();
    }

    @Override
    public Optional<User> firstActiveOperator(TenantId tenantId) {
        return scope.query(tenantId, "SELECT " + UserRowMapper.COLUMNS + """
                         FROM users
                        WHERE tenant_id = :tenantId AND role = 'OPERATOR' AND state = 'ACTIVE'
                        ORDER BY user_id
                        LIMIT 1
                        """)
                .bind("tenantId", tenantId.value())
                .map(ROWS)
                .findOne();
    }

    private void write(User user, String statement, Consumer<Parameters> values) {
        scope.closing()
                .addRefusable(
                        user.tenantId(),
                        statement,
                        values,
                        failure -> PostgresErrors.isUnmet(Require.TENANT, failure)
                                ? Absent.tenant(user.tenantId())
                                : PostgresErrors.refusedWrite(
                                        failure, Map.of("email", user.email().value())));
    }

    private static Consumer<Parameters> bind(User user) {
        return parameters -> parameters
                .bind("tenantId", user.tenantId().value())
                .bind("userId", user.id().value())
                .bind("email", user.email().value())
                .bind("emailKey", user.email().key())
                .bind("displayName", user.displayName().value())
                .bind("role", user.role().name())
                .bind("state", user.state().name())
                .bind("updateTime", user.revision().updateTime())
                .bind("version", user.revision().version());
    }
}
