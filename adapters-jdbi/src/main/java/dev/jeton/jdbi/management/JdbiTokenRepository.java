package dev.jeton.jdbi.management;

import dev.jeton.application.page.Page;
import dev.jeton.application.page.PageRequest;
import dev.jeton.application.page.TokenFilter;
import dev.jeton.application.port.outbound.Reach;
import dev.jeton.application.port.outbound.TokenRepository;
import dev.jeton.domain.tenant.TenantId;
import dev.jeton.domain.token.Cancellation;
import dev.jeton.domain.token.SecretDigest;
import dev.jeton.domain.token.Token;
import dev.jeton.domain.token.TokenId;
import dev.jeton.domain.user.Role;
import dev.jeton.domain.user.UserId;
import dev.jeton.domain.workload.WorkloadId;
import dev.jeton.jdbi.sql.Columns;
import dev.jeton.jdbi.sql.Parameters;
import dev.jeton.jdbi.sql.PostgresErrors;
import dev.jeton.jdbi.sql.Require;
import dev.jeton.jdbi.sql.TenantScope;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** Tables {@code tokens}, {@code token_workloads} and {@code deleted_tokens}. */
final class JdbiTokenRepository implements TokenRepository {
    private static final TokenRowMapper ROWS = new TokenRowMapper();
    private static final TokenTermsRowMapper TERMS = new TokenTermsRowMapper();

    private static final String FIND = "SELECT " + TokenRowMapper.COLUMNS + """
             FROM tokens t
            WHERE t.tenant_id = :tenantId AND t.token_id = :tokenId
              AND EXISTS (SELECT FROM users u WHERE u.tenant_id = t.tenant_id AND u.user_id = t.user_id)
              AND EXISTS (SELECT FROM tenants n WHERE n.tenant_id = :tenantId)
            """;

    static final String FIND_WITH_TERMS = "SELECT " + TokenRowMapper.COLUMNS + ", "
            + TokenTermsRowMapper.COLUMNS + ", " + JdbiWorkloadRepository.EXISTING
            + """
             FROM tokens t
            JOIN LATERAL (
                SELECT u.role FROM users u
                WHERE u.tenant_id = t.tenant_id AND u.user_id = t.user_id OFFSET 0) owner ON true
            JOIN tenants USING (tenant_id)
            WHERE t.tenant_id = :tenantId AND t.token_id = :tokenId
            """;

    /** Also finds a deleted token, for as long as its tombstone is kept. */
    static final String TENANT_OF = """
            SELECT tenant_id FROM (
                SELECT tenant_id FROM tokens JOIN tenants USING (tenant_id) WHERE token_id = :tokenId
                UNION ALL
                SELECT tenant_id FROM deleted_tokens JOIN tenants USING (tenant_id) WHERE token_id = :tokenId) found
            LIMIT 1""";

    private final TenantScope scope;
    private final ChangeRecorder changes;
    private final TokenSlices slices;

    JdbiTokenRepository(TenantScope scope, ChangeRecorder changes) {
        this.scope = scope;
        this.changes = changes;
        slices = new TokenSlices(scope, changes);
    }

    @Override
    public void insert(Token token, SecretDigest digest) {
        String insert = """
                            WITH owner AS (
                                SELECT FROM users WHERE tenant_id = :tenantId AND user_id = :ownerId FOR KEY SHARE),
                            present AS (
                                SELECT w.workload_id FROM unnest(:workloadIds) AS wanted (id)
                                JOIN workloads w ON w.tenant_id = :tenantId AND w.workload_id = wanted.id
                                FOR KEY SHARE OF w),
                            token AS (
                                INSERT INTO tokens (
                                    tenant_id, token_id, user_id, tenant_wide, name, name_uniqueness, description, scopes,
                                    secret_scheme, secret_digest, secret_hint, expire_time,
                                    cancel_reason, cancel_time, cancel_user_id, cancel_role, cancel_leaked,
                                    create_time, update_time, version)
                                SELECT
                                    :tenantId, :tokenId, :ownerId, :tenantWide, :name, :nameUniqueness, :description, :scopes,
                                    :secretScheme, :secretDigest, :secretHint, :expireTime,
                                    :cancelReason, :cancelTime, CAST(:cancelUserId AS uuid), :cancelRole, :cancelLeaked,
                                    :createTime, :updateTime, :version
                                FROM owner
                                RETURNING tenant_id, token_id),
                            assigned AS (
                                INSERT INTO token_workloads (tenant_id, token_id, workload_id)
                                SELECT token.tenant_id, token.token_id, present.workload_id FROM token, present)
                            SELECT %s, %s""".formatted(
                        Require.OWNER.that("EXISTS (SELECT FROM token)"),
                        Require.WORKLOADS.that("cardinality(:workloadIds) = (SELECT count(*) FROM present)"));
        write(token, insert, parameters -> bind(token, parameters)
                .bind("ownerId", token.ownerId().value())
                .bind("tenantWide", token.tenantWide())
                .bind("secretScheme", digest.scheme())
                .bind("secretDigest", digest.bytes())
                .bind("secretHint", token.secretHint().value())
                .bind("createTime", token.revision().createTime()));
    }

    @Override
    public Optional<Token> find(Reach reach, TokenId tokenId) {
        return bound(reach, scope.query(reach, TENANT_OF, FIND + owned(reach)))
                .bind("tokenId", tokenId.value())
                .map(ROWS)
                .findOne();
    }

    @Override
    public Optional<LockedToken> lock(Reach reach, TokenId tokenId, Set<WorkloadId> wanted) {
        return findLocked(reach, tokenId, wanted, "FOR NO KEY UPDATE");
    }

    @Override
    public Optional<LockedToken> lockForDelete(Reach reach, TokenId tokenId) {
        return findLocked(reach, tokenId, Set.of(), "FOR UPDATE");
    }

    /** The lock depends on the owner, too: to wait for it would reveal that the token exists. */
    private Optional<LockedToken> findLocked(Reach reach, TokenId tokenId, Set<WorkloadId> wanted, String strength) {
        String owned = owned(reach);
        Query query = scope.queryLocked(
                reach,
                TENANT_OF,
                FIND_WITH_TERMS + owned,
                "SELECT FROM tokens t WHERE t.tenant_id = :tenantId AND t.token_id = :tokenId%s %s"
                        .formatted(owned, strength));
        return bound(reach, query)
                .bind("tokenId", tokenId.value())
                .bind("wanted", Columns.ids(wanted))
                .map((row, context) -> new LockedToken(
                        ROWS.map(row, context),
                        TERMS.map(row, context),
                        Columns.workloadIds(row, "existing_workloads")))
                .findOne();
    }

    private static String owned(Reach reach) {
        return reach instanceof Reach.OwnTokens ? " AND t.user_id = :ownerId" : "";
    }

    private static Query bound(Reach reach, Query query) {
        return reach instanceof Reach.OwnTokens own
                ? query.bind("ownerId", own.ownerId().value())
                : query;
    }

    /** Leaves hidden assignments to the sweep, which writes their events. */
    @Override
    public void update(Token token) {
        String update = """
                            WITH token AS (
                                UPDATE tokens t SET
                                    name = :name,
                                    name_uniqueness = :nameUniqueness,
                                    description = :description,
                                    scopes = :scopes,
                                    expire_time = :expireTime,
                                    cancel_reason = :cancelReason,
                                    cancel_time = :cancelTime,
                                    cancel_user_id = CAST(:cancelUserId AS uuid),
                                    cancel_role = :cancelRole,
                                    cancel_leaked = :cancelLeaked,
                                    update_time = :updateTime,
                                    version = t.version + 1
                                WHERE tenant_id = :tenantId AND token_id = :tokenId AND %1$s = :version - 1
                                RETURNING tenant_id, token_id),
                            removed AS (
                                DELETE FROM token_workloads w USING token
                                WHERE w.tenant_id = token.tenant_id AND w.token_id = token.token_id
                                  AND w.workload_id <> ALL (:workloadIds) AND w.workload_id NOT IN %2$s),
                            missing AS (
                                SELECT wanted.id FROM unnest(:workloadIds) AS wanted (id)
                                WHERE NOT EXISTS (
                                    SELECT FROM token_workloads w
                                    WHERE w.tenant_id = :tenantId AND w.token_id = :tokenId AND w.workload_id = wanted.id
                                      AND w.workload_id NOT IN %2$s)),
                            present AS (
                                SELECT w.workload_id FROM missing
                                JOIN workloads w ON w.tenant_id = :tenantId AND w.workload_id = missing.id
                                FOR KEY SHARE OF w),
                            added AS (
                                INSERT INTO token_workloads (tenant_id, token_id, workload_id)
                                SELECT token.tenant_id, token.token_id, present.workload_id FROM token, present)
                            SELECT %3$s, %4$s""".formatted(
                        TokenRowMapper.VERSION,
                        TokenRowMapper.DELETED_WORKLOADS,
                        Require.REVISION.that("EXISTS (SELECT FROM token)"),
                        Require.WORKLOADS.that("(SELECT count(*) FROM missing) = (SELECT count(*) FROM present)"));
        write(token, update, parameters -> bind(token, parameters));
        changes.token(token.tenantId(), token.id());
    }

    private void write(Token token, String statement, Consumer<Parameters> values) {
        scope.closing().addRefusable(token.tenantId(), statement, values, failure -> refused(token, failure));
    }

    private static RuntimeException refused(Token token, RuntimeException failure) {
        if (PostgresErrors.isUnmet(Require.OWNER, failure)) {
            return Absent.user(token.ownerId());
        }
        if (PostgresErrors.isUnmet(Require.WORKLOADS, failure)) {
            return Absent.workload(token.workloadIds());
        }
        return PostgresErrors.refusedWrite(failure, Map.of("name", token.name().value()));
    }

    @Override
    public void delete(TenantId tenantId, TokenId tokenId, Instant now) {
        String delete = """
                        WITH deleted AS (
                            DELETE FROM tokens WHERE tenant_id = :tenantId AND token_id = :tokenId
                            RETURNING tenant_id, token_id, user_id)
                        INSERT INTO deleted_tokens (tenant_id, token_id, user_id, delete_time)
                        SELECT tenant_id, token_id, user_id, :now FROM deleted
                        """;
        scope.closing().add(tenantId, delete, parameters -> parameters
                .bind("tenantId", tenantId.value())
                .bind("tokenId", tokenId.value())
                .bind("now", now));
        changes.token(tenantId, tokenId);
    }

    @Override
    public Optional<UserId> formerOwner(Reach reach, TokenId tokenId) {
        return scope.query(reach, TENANT_OF, """
                        SELECT user_id FROM deleted_tokens WHERE tenant_id = :tenantId AND token_id = :tokenId
                        UNION ALL
                        SELECT t.user_id FROM tokens t
                        WHERE t.tenant_id = :tenantId AND t.token_id = :tokenId
                          AND NOT EXISTS (SELECT FROM users u WHERE u.tenant_id = t.tenant_id AND u.user_id = t.user_id)
                        """)
                .bind("tokenId", tokenId.value())
                .mapTo(UUID.class)
                .findOne()
                .map(UserId::new);
    }

    @Override
    public List<Token> deleteByOwner(TenantId tenantId, UserId ownerId, int limit, Instant now) {
        return slices.deleteByOwner(tenantId, ownerId, limit, now);
    }

    @Override
    public List<Token> deleteByTenant(TenantId tenantId, int limit) {
        return slices.deleteByTenant(tenantId, limit);
    }

    @Override
    public int deleteTombstones(TenantId tenantId, int limit) {
        return slices.deleteTombstones(tenantId, limit);
    }

    @Override
    public List<Unassigned> unassign(TenantId tenantId, WorkloadId workloadId, int limit, Instant time) {
        return slices.unassign(tenantId, workloadId, limit, time);
    }

    @Override
    public Page<Token> page(TenantId tenantId, TokenFilter filter, @Nullable Instant now, PageRequest page) {
        Instant time = now == null ? scope.time().orElse(null) : now;
        return new TokenPageQuery(tenantId, filter, time, page).run(scope, ROWS);
    }

    private static Parameters bind(Token token, Parameters parameters) {
        return bind(token.cancellation(), parameters)
                .bind("tenantId", token.tenantId().value())
                .bind("tokenId", token.id().value())
                .bind("name", token.name().value())
                .bind("nameUniqueness", token.nameUniqueness().name())
                .bind("description", token.description().value())
                .bind("scopes", Columns.texts(token.scopes()))
                .bindByType("expireTime", token.expiry().instant(), Instant.class)
                .bind("workloadIds", Columns.ids(token.workloadIds()))
                .bind("updateTime", token.revision().updateTime())
                .bind("version", token.revision().version());
    }

    private static Parameters bind(@Nullable Cancellation cancellation, Parameters parameters) {
        UserId userId = cancellation == null ? null : cancellation.userId();
        Role role = cancellation == null ? null : cancellation.role();
        return parameters
                .bindByType(
                        "cancelReason",
                        cancellation == null ? null : cancellation.reason().value(),
                        String.class)
                .bindByType("cancelTime", cancellation == null ? null : cancellation.time(), Instant.class)
                .bindByType("cancelUserId", userId == null ? null : userId.value(), UUID.class)
                .bindByType("cancelRole", role == null ? null : role.name(), String.class)
                .bind("cancelLeaked", cancellation != null && cancellation.leaked());
    }
}
