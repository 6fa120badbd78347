package dev.jeton.jdbi.management;

import dev.jeton.application.page.Page;
import dev.jeton.application.page.PageRequest;
import dev.jeton.application.page.TokenFilter;
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
import dev.jeton.jdbi.sql.PostgresErrors;
import dev.jeton.jdbi.sql.TenantScope;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.SqlStatement;
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

    private static final String FIND_WITH_TERMS =
            "SELECT " + TokenRowMapper.COLUMNS + ", " + TokenTermsRowMapper.COLUMNS + """
             FROM tokens t
            JOIN users USING (tenant_id, user_id)
            JOIN tenants USING (tenant_id)
            WHERE t.tenant_id = :tenantId AND t.token_id = :tokenId
            """;

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
        try {
            Written written = bind(token, scope.query(token.tenantId(), """
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
                                    :cancelReason, :cancelTime, :cancelUserId, :cancelRole, :cancelLeaked,
                                    :createTime, :updateTime, :version
                                FROM owner
                                RETURNING tenant_id, token_id),
                            assigned AS (
                                INSERT INTO token_workloads (tenant_id, token_id, workload_id)
                                SELECT token.tenant_id, token.token_id, present.workload_id FROM token, present)
                            SELECT (SELECT count(*) FROM token) AS tokens,
                                   cardinality(:workloadIds) - (SELECT count(*) FROM present) AS absent
                            """))
                    .bind("ownerId", token.ownerId().value())
                    .bind("tenantWide", token.tenantWide())
                    .bind("secretScheme", digest.scheme())
                    .bind("secretDigest", digest.bytes())
                    .bind("secretHint", token.secretHint().value())
                    .bind("createTime", token.revision().createTime())
                    .map((row, context) -> Written.of(row))
                    .one();
            if (written.tokens() == 0) {
                throw Absent.user(token.ownerId());
            }
            written.requireWorkloads(token);
        } catch (JdbiException refused) {
            throw PostgresErrors.refusedWrite(refused, values(token));
        }
    }

    @Override
    public Optional<Token> find(TenantId tenantId, TokenId tokenId) {
        return scope.query(tenantId, FIND)
                .bind("tenantId", tenantId.value())
                .bind("tokenId", tokenId.value())
                .map(ROWS)
                .findOne();
    }

    @Override
    public Optional<LockedToken> lock(TenantId tenantId, TokenId tokenId) {
        return findLocked(tenantId, tokenId, "FOR NO KEY UPDATE");
    }

    @Override
    public Optional<LockedToken> lockForDelete(TenantId tenantId, TokenId tokenId) {
        return findLocked(tenantId, tokenId, "FOR UPDATE");
    }

    private Optional<LockedToken> findLocked(TenantId tenantId, TokenId tokenId, String strength) {
        return scope.queryLocked(
                        tenantId,
                        FIND_WITH_TERMS,
                        "SELECT FROM tokens WHERE tenant_id = :tenantId AND token_id = :tokenId " + strength)
                .bind("tenantId", tenantId.value())
                .bind("tokenId", tokenId.value())
                .map((row, context) -> new LockedToken(ROWS.map(row, context), TERMS.map(row, context)))
                .findOne();
    }

    /** Leaves hidden assignments to the sweep, which writes their events. */
    @Override
    public void update(Token token) {
        try {
            Written written = bind(token, scope.query(token.tenantId(), """
                            WITH token AS (
                                UPDATE tokens t SET
                                    name = :name,
                                    name_uniqueness = :nameUniqueness,
                                    description = :description,
                                    scopes = :scopes,
                                    expire_time = :expireTime,
                                    cancel_reason = :cancelReason,
                                    cancel_time = :cancelTime,
                                    cancel_user_id = :cancelUserId,
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
                            SELECT (SELECT count(*) FROM token) AS tokens,
                                   (SELECT count(*) FROM missing) - (SELECT count(*) FROM present) AS absent
                            """.formatted(
                                    TokenRowMapper.VERSION, TokenRowMapper.DELETED_WORKLOADS)))
                    .map((row, context) -> Written.of(row))
                    .one();
            if (written.tokens() == 0) {
                throw PostgresErrors.concurrentChange();
            }
            written.requireWorkloads(token);
            changes.token(token.tenantId(), token.id());
        } catch (JdbiException refused) {
            throw PostgresErrors.refusedWrite(refused, values(token));
        }
    }

    @Override
    public void delete(TenantId tenantId, TokenId tokenId, Instant now) {
        int deleted = scope.update(tenantId, """
                        WITH deleted AS (
                            DELETE FROM tokens WHERE tenant_id = :tenantId AND token_id = :tokenId
                            RETURNING tenant_id, token_id, user_id)
                        INSERT INTO deleted_tokens (tenant_id, token_id, user_id, delete_time)
                        SELECT tenant_id, token_id, user_id, :now FROM deleted
                        """)
                .bind("tenantId", tenantId.value())
                .bind("tokenId", tokenId.value())
                .bind("now", now)
                .execute();
        if (deleted > 0) {
            changes.token(tenantId, tokenId);
        }
    }

    @Override
    public Optional<UserId> formerOwner(TenantId tenantId, TokenId tokenId) {
        return scope.query(tenantId, """
                        SELECT user_id FROM deleted_tokens WHERE tenant_id = :tenantId AND token_id = :tokenId
                        UNION ALL
                        SELECT t.user_id FROM tokens t
                        WHERE t.tenant_id = :tenantId AND t.token_id = :tokenId
                          AND NOT EXISTS (SELECT FROM users u WHERE u.tenant_id = t.tenant_id AND u.user_id = t.user_id)
                        """)
                .bind("tenantId", tenantId.value())
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
    public Page<Token> page(TenantId tenantId, TokenFilter filter, Instant now, PageRequest page) {
        return new TokenPageQuery(tenantId, filter, now, page).run(scope, ROWS);
    }

    private static <S extends SqlStatement<S>> S bind(Token token, S statement) {
        return bind(token.cancellation(), statement)
                .bind("tenantId", token.tenantId().value())
                .bind("tokenId", token.id().value())
                .bind("name", token.name().value())
                .bind("nameUniqueness", token.nameUniqueness().name())
                .bind("description", token.description().value())
                .bind("scopes", Columns.texts(token.scopes()))
                .bindByType("expireTime", token.expiry().instant(), Instant.class)
                .bind(
                        "workloadIds",
                        token.workloadIds().stream().map(WorkloadId::value).toArray(UUID[]::new))
                .bind("updateTime", token.revision().updateTime())
                .bind("version", token.revision().version());
    }

    private static <S extends SqlStatement<S>> S bind(@Nullable Cancellation cancellation, S statement) {
        UserId userId = cancellation == null ? null : cancellation.userId();
        Role role = cancellation == null ? null : cancellation.role();
        return statement
                .bindByType(
                        "cancelReason",
                        cancellation == null ? null : cancellation.reason().value(),
                        String.class)
                .bindByType("cancelTime", cancellation == null ? null : cancellation.time(), Instant.class)
                .bindBySqlType("cancelUserId", userId == null ? null : userId.value(), Types.OTHER)
                .bindByType("cancelRole", role == null ? null : role.name(), String.class)
                .bind("cancelLeaked", cancellation != null && cancellation.leaked());
    }

    private static Map<String, String> values(Token token) {
        return Map.of("name", token.name().value());
    }

    /**
     * What an insert or update did.
     *
     * @param tokens the number of tokens written
     * @param absent how many workloads of the token do not exist
     */
    private record Written(int tokens, int absent) {
        static Written of(ResultSet row) throws SQLException {
            return new Written(row.getInt("tokens"), row.getInt("absent"));
        }

        void requireWorkloads(Token token) {
            if (absent > 0) {
                throw Absent.workload(token.workloadIds());
            }
        }
    }
}
