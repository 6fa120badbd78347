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
import java.sql.Types;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/** Tables {@code tokens}, {@code token_workloads} and {@code deleted_tokens}. */
final class JdbiTokenRepository implements TokenRepository {
    private static final TokenRowMapper ROWS = new TokenRowMapper();
    private static final TokenTermsRowMapper TERMS = new TokenTermsRowMapper();

    private static final String FIND = "SELECT " + TokenRowMapper.COLUMNS
            + " FROM tokens t WHERE t.tenant_id = :tenantId AND t.token_id = :tokenId";

    private static final String FIND_WITH_TERMS =
            "SELECT " + TokenRowMapper.COLUMNS + ", " + TokenTermsRowMapper.COLUMNS + """
             FROM tokens t
            JOIN users USING (tenant_id, user_id)
            JOIN tenants USING (tenant_id)
            WHERE t.tenant_id = :tenantId AND t.token_id = :tokenId
            """;

    /** In index order. */
    static final String LOCK_ASSIGNED = """
            SELECT FROM token_workloads a
            JOIN tokens t ON t.tenant_id = a.tenant_id AND t.token_id = a.token_id
            WHERE a.tenant_id = :tenantId AND a.workload_id = :workloadId
            ORDER BY a.token_id FOR NO KEY UPDATE OF t
            """;

    private final TenantScope scope;
    private final ChangeRecorder changes;

    JdbiTokenRepository(TenantScope scope, ChangeRecorder changes) {
        this.scope = scope;
        this.changes = changes;
    }

    @Override
    public void insert(Token token, SecretDigest digest) {
        try {
            bind(token, scope.update(token.tenantId(), """
                            WITH token AS (
                                INSERT INTO tokens (
                                    tenant_id, token_id, user_id, tenant_wide, name, name_uniqueness, description, scopes,
                                    secret_scheme, secret_digest, secret_hint, expire_time,
                                    cancel_reason, cancel_time, cancel_user_id, cancel_role, cancel_leaked,
                                    create_time, update_time, version)
                                VALUES (
                                    :tenantId, :tokenId, :ownerId, :tenantWide, :name, :nameUniqueness, :description, :scopes,
                                    :secretScheme, :secretDigest, :secretHint, :expireTime,
                                    :cancelReason, :cancelTime, :cancelUserId, :cancelRole, :cancelLeaked,
                                    :createTime, :updateTime, :version)
                                RETURNING tenant_id, token_id)
                            INSERT INTO token_workloads (tenant_id, token_id, workload_id)
                            SELECT token.tenant_id, token.token_id, workload_id FROM token, unnest(:workloadIds) workload_id
                            """))
                    .bind("ownerId", token.ownerId().value())
                    .bind("tenantWide", token.tenantWide())
                    .bind("secretScheme", digest.scheme())
                    .bind("secretDigest", digest.bytes())
                    .bind("secretHint", token.secretHint().value())
                    .bind("createTime", token.revision().createTime())
                    .execute();
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

    @Override
    public void update(Token token) {
        try {
            int updated = bind(token, scope.query(token.tenantId(), """
                            WITH token AS (
                                UPDATE tokens SET
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
                                    version = :version
                                WHERE tenant_id = :tenantId AND token_id = :tokenId AND version = :version - 1
                                RETURNING tenant_id, token_id),
                            removed AS (
                                DELETE FROM token_workloads w USING token
                                WHERE w.tenant_id = token.tenant_id AND w.token_id = token.token_id
                                  AND w.workload_id <> ALL (:workloadIds)),
                            added AS (
                                INSERT INTO token_workloads (tenant_id, token_id, workload_id)
                                SELECT token.tenant_id, token.token_id, workload_id
                                FROM token, unnest(:workloadIds) workload_id
                                ON CONFLICT DO NOTHING)
                            SELECT count(*) FROM token
                            """))
                    .mapTo(Integer.class)
                    .one();
            if (updated == 0) {
                throw PostgresErrors.concurrentChange();
            }
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
                        """)
                .bind("tenantId", tenantId.value())
                .bind("tokenId", tokenId.value())
                .mapTo(UUID.class)
                .findOne()
                .map(UserId::new);
    }

    @Override
    public List<TokenId> deleteByOwner(TenantId tenantId, UserId ownerId, Instant now) {
        List<TokenId> deleted = scope.queryLocked(tenantId, """
                        WITH deleted AS (
                            DELETE FROM tokens WHERE tenant_id = :tenantId AND user_id = :ownerId
                            RETURNING tenant_id, token_id, user_id),
                        tombstones AS (
                            INSERT INTO deleted_tokens (tenant_id, token_id, user_id, delete_time)
                            SELECT tenant_id, token_id, user_id, :now FROM deleted)
                        SELECT token_id FROM deleted ORDER BY token_id
                        """, """
                        SELECT FROM tokens WHERE tenant_id = :tenantId AND user_id = :ownerId
                        ORDER BY token_id FOR UPDATE
                        """)
                .bind("tenantId", tenantId.value())
                .bind("ownerId", ownerId.value())
                .bind("now", now)
                .mapTo(UUID.class)
                .map(TokenId::new)
                .list();
        if (!deleted.isEmpty()) {
            changes.user(tenantId, ownerId);
        }
        return deleted;
    }

    @Override
    public List<TokenId> unassignAll(TenantId tenantId, WorkloadId workloadId, Instant now) {
        // Lock in one order for all, then read again: some tokens may have lost the workload while this waited.
        List<TokenId> unassigned = scope.queryLocked(tenantId, """
                        WITH removed AS (
                            DELETE FROM token_workloads WHERE tenant_id = :tenantId AND workload_id = :workloadId
                            RETURNING tenant_id, token_id),
                        revised AS (
                            UPDATE tokens t SET version = t.version + 1, update_time = :now
                            FROM removed
                            WHERE t.tenant_id = removed.tenant_id AND t.token_id = removed.token_id
                            RETURNING t.token_id)
                        SELECT token_id FROM revised ORDER BY token_id
                        """, LOCK_ASSIGNED)
                .bind("tenantId", tenantId.value())
                .bind("workloadId", workloadId.value())
                .bind("now", now)
                .mapTo(UUID.class)
                .map(TokenId::new)
                .list();
        unassigned.forEach(tokenId -> changes.token(tenantId, tokenId));
        return unassigned;
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
        return Map.of(
                "user_id",
                token.ownerId().toString(),
                "name",
                token.name().value(),
                "workload_ids",
                token.workloadIds().stream().map(WorkloadId::toString).collect(Collectors.joining(", ")));
    }
}
