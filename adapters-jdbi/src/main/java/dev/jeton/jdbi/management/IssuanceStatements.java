package dev.jeton.jdbi.management;

import dev.jeton.application.port.outbound.RequestLog.Key;
import dev.jeton.application.port.outbound.TokenIssuance.FirstRequest;
import dev.jeton.application.port.outbound.TokenIssuance.Issued;
import dev.jeton.application.port.outbound.TokenIssuance.Needs;
import dev.jeton.domain.audit.AuditEvent;
import dev.jeton.domain.audit.FieldChange;
import dev.jeton.domain.tenant.TenantId;
import dev.jeton.domain.token.SecretDigest;
import dev.jeton.domain.token.Token;
import dev.jeton.domain.token.TokenId;
import dev.jeton.domain.user.UserId;
import dev.jeton.domain.workload.WorkloadId;
import dev.jeton.jdbi.management.HeldOwners.Owner;
import dev.jeton.jdbi.sql.Columns;
import dev.jeton.jdbi.sql.CommitWarnings;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.core.statement.StatementCustomizer;
import org.jspecify.annotations.Nullable;

/**
 * The two round trips of a transaction that creates tokens of several tenants. Row-level security limits it to the tenants that it names (see
 * migration V15); every join is on the tenant, too. Nothing waits for a lock that another call holds, except for a
 * name or request id that one is about to take.
 */
final class IssuanceStatements {
    private static final String SET_TENANTS = "SELECT set_config('jeton.tenant_ids', :scope, true)";

    /** Leaves out owners that are missing or locked, and those whose number of tokens is limited, which takes a stronger lock. */
    private static final String HOLD = """
            WITH held AS MATERIALIZED (
                SELECT w.tenant_id, w.workload_id
                FROM unnest(:workloadTenantIds, :workloadIds) AS wanted (tenant_id, workload_id)
                JOIN workloads w ON w.tenant_id = wanted.tenant_id AND w.workload_id = wanted.workload_id
                FOR KEY SHARE OF w SKIP LOCKED)
            SELECT clock_timestamp() AS time, u.tenant_id, u.user_id, last.create_time, last.event_id,
                   ARRAY(SELECT held.workload_id FROM held WHERE held.tenant_id = u.tenant_id) AS workload_ids,
                   %s
            FROM unnest(:tenantIds, :ownerIds) AS wanted (tenant_id, user_id)
            JOIN users u ON u.tenant_id = wanted.tenant_id AND u.user_id = wanted.user_id
            JOIN tenants n ON n.tenant_id = wanted.tenant_id AND n.policy_max_tokens_per_user = 0
            LEFT JOIN LATERAL (
                SELECT create_time, event_id FROM audit_events e
                WHERE e.tenant_id = wanted.tenant_id
                ORDER BY create_time DESC, event_id DESC LIMIT 1) last ON true
            FOR KEY SHARE OF u SKIP LOCKED
            """.formatted(TokenTermsRowMapper.COLUMNS);

    /** Leaves out tokens whose request or name is taken. Both are inserted in order, because transactions wait for each other's. */
    private static final String INSERT = """
            WITH new AS MATERIALIZED (
                SELECT * FROM unnest(
                    :tenantIds, :tokenIds, :ownerIds, :tenantWide, :names, :nameUniqueness, :descriptions, :scopes,
                    :secretSchemes, :secretDigests, :secretHints, :expireTimes, :workloadIds, :createTimes, :versions,
                    :eventIds, :actorUserIds, :actorTokenIds, :actingUserIds, :actions,
                    :changeFields, :changeOldValues, :changeNewValues, :callIds,
                    :requestTenantIds, :requestUserIds, :requestOperations, :requestIds, :bodyDigests)
                AS new (
                    tenant_id, token_id, user_id, tenant_wide, name, name_uniqueness, description, scopes,
                    secret_scheme, secret_digest, secret_hint, expire_time, workload_ids, create_time, version,
                    event_id, actor_user_id, actor_token_id, acting_user_id, action,
                    change_fields, change_old_values, change_new_values, call_id,
                    request_tenant_id, request_user_id, request_operation, request_id, body_digest)),
            request AS (
                INSERT INTO request_ids (tenant_id, user_id, operation, request_id, body_digest, resource_id, create_time)
                SELECT request_tenant_id, request_user_id, request_operation, request_id, body_digest, token_id, create_time
                FROM new
                WHERE request_id IS NOT NULL
                ORDER BY request_tenant_id, request_user_id, request_operation, request_id
                ON CONFLICT DO NOTHING
                RETURNING tenant_id, resource_id),
            first AS MATERIALIZED (
                SELECT new.* FROM new
                LEFT JOIN request ON request.tenant_id = new.request_tenant_id AND request.resource_id = new.token_id
                WHERE new.request_id IS NULL OR request.resource_id IS NOT NULL
                ORDER BY new.tenant_id, new.name),
            token AS (
                INSERT INTO tokens (
                    tenant_id, token_id, user_id, tenant_wide, name, name_uniqueness, description, scopes,
                    secret_scheme, secret_digest, secret_hint, expire_time, create_time, update_time, version)
                SELECT
                    tenant_id, token_id, user_id, tenant_wide, name, name_uniqueness, description, scopes::text[],
                    secret_scheme, decode(secret_digest, 'hex'), secret_hint, expire_time, create_time, create_time, version
                FROM first
                ON CONFLICT DO NOTHING
                RETURNING tenant_id, token_id),
            created AS MATERIALIZED (
                SELECT new.* FROM token JOIN new ON new.tenant_id = token.tenant_id AND new.token_id = token.token_id),
            assigned AS (
                INSERT INTO token_workloads (tenant_id, token_id, workload_id)
                SELECT tenant_id, token_id, unnest(workload_ids::uuid[]) FROM created),
            event AS (
                INSERT INTO audit_events (
                    tenant_id, event_id, create_time, actor_user_id, actor_token_id, acting_user_id, action,
                    resource_type, resource_id, change_fields, change_old_values, change_new_values, call_id)
                SELECT
                    tenant_id, event_id, create_time, actor_user_id, actor_token_id, acting_user_id, action,
                    'TOKEN', token_id, change_fields::text[], change_old_values::text[], change_new_values::text[], call_id
                FROM created
                RETURNING tenant_id, event_id),
            pending AS (
                INSERT INTO audit_pending (tenant_id, event_id)
                SELECT tenant_id, event_id FROM event)
            SELECT token_id FROM created
            """;

    /** Removes the requests for which no token was stored. */
    private static final String CLEAN_UP = """
            DELETE FROM request_ids r
            USING unnest(:requestTenantIds, :requestUserIds, :requestOperations, :requestIds, :tenantIds, :tokenIds)
                AS new (request_tenant_id, user_id, operation, request_id, tenant_id, token_id)
            WHERE r.tenant_id = new.request_tenant_id AND r.user_id = new.user_id AND r.operation = new.operation
              AND r.request_id = new.request_id AND r.resource_id = new.token_id
              AND NOT EXISTS (
                  SELECT FROM tokens t WHERE t.tenant_id = new.tenant_id AND t.token_id = new.token_id)
            """;

    private final Handle handle;

    IssuanceStatements(Handle handle) {
        this.handle = handle;
    }

    /**
     * Limits the transaction to these tenants, and holds the owners and workloads that are free until its end.
     *
     * @param tenantIds of all rows that the transaction reads and writes
     */
    HeldOwners hold(Set<TenantId> tenantIds, List<Needs> needs) {
        List<Owner> owners = needs.stream().map(Owner::of).distinct().toList();
        List<Map.Entry<TenantId, WorkloadId>> workloads = needs.stream()
                .flatMap(each -> each.workloadIds().stream().map(id -> Map.entry(each.tenantId(), id)))
                .distinct()
                .toList();
        HeldOwners held = new HeldOwners();
        handle.createQuery(SET_TENANTS + ";\n" + HOLD)
                .bind("scope", tenantIds.stream().map(TenantId::toString).collect(Collectors.joining(",", "{", "}")))
                .bind("tenantIds", ids(owners, owner -> owner.tenantId().value()))
                .bind("ownerIds", ids(owners, owner -> owner.userId().value()))
                .bind("workloadTenantIds", ids(workloads, each -> each.getKey().value()))
                .bind("workloadIds", ids(workloads, each -> each.getValue().value()))
                .addCustomizer(new StatementCustomizer() {
                    @Override
                    public void afterExecution(PreparedStatement executed, StatementContext context)
                            throws SQLException {
                        executed.getMoreResults();
                    }
                })
                .map((row, context) -> held.add(row, context))
                .list();
        return held;
    }

    /** Stores those whose request and name are free, and commits. Returns their ids. */
    Set<TokenId> insert(List<Made<?>> made) {
        if (made.isEmpty()) {
            return Set.of();
        }
        List<Token> tokens =
                made.stream().<Token>map(each -> each.issued().token()).toList();
        List<SecretDigest> digests =
                made.stream().<SecretDigest>map(each -> each.issued().digest()).toList();
        List<AuditEvent> events =
                made.stream().<AuditEvent>map(each -> each.issued().event()).toList();
        boolean idempotent = made.stream().anyMatch(each -> each.request() != null);
        Query insert = handle.createQuery(INSERT + (idempotent ? ";\n" + CLEAN_UP : "") + ";\nCOMMIT");
        bindTokens(tokens, digests, insert);
        bindEvents(events, insert);
        bindRequests(made, insert);
        return insert.addCustomizer(new CommitWarnings())
                .map((row, context) -> new TokenId(Columns.uuid(row, "token_id")))
                .set();
    }

    private void bindTokens(List<Token> tokens, List<SecretDigest> digests, Query insert) {
        insert.bind("tenantIds", ids(tokens, token -> token.tenantId().value()))
                .bind("tokenIds", ids(tokens, token -> token.id().value()))
                .bind("ownerIds", ids(tokens, token -> token.ownerId().value()))
                .bind("tenantWide", Columns.column(tokens, Boolean[]::new, Token::tenantWide))
                .bind("names", texts(tokens, token -> token.name().value()))
                .bind("nameUniqueness", texts(tokens, token -> token.nameUniqueness()
                        .name()))
                .bind("descriptions", texts(tokens, token -> token.description().value()))
                .bind("scopes", literals(tokens, token -> Columns.texts(token.scopes())))
                .bind("secretSchemes", texts(digests, SecretDigest::scheme))
                .bind("secretDigests", texts(digests, digest -> HexFormat.of().formatHex(digest.bytes())))
                .bind("secretHints", texts(tokens, token -> token.secretHint().value()))
                .bind("expireTimes", times(tokens, token -> token.expiry().instant()))
                .bind("workloadIds", literals(tokens, IssuanceStatements::workloadIds))
                .bind("createTimes", times(tokens, token -> token.revision().createTime()))
                .bind("versions", Columns.column(tokens, Long[]::new, token -> token.revision()
                        .version()));
    }

    private void bindEvents(List<AuditEvent> events, Query insert) {
        insert.bind("eventIds", ids(events, event -> event.id().value()))
                .bind("actorUserIds", ids(events, event -> value(event.actorUserId(), UserId::value)))
                .bind("actorTokenIds", ids(events, event -> value(event.actorTokenId(), TokenId::value)))
                .bind("actingUserIds", ids(events, event -> value(event.actingUserId(), UserId::value)))
                .bind("actions", texts(events, AuditEvent::action))
                .bind("changeFields", literals(events, event -> parts(event, FieldChange::field)))
                .bind("changeOldValues", literals(events, event -> parts(event, FieldChange::oldValue)))
                .bind("changeNewValues", literals(events, event -> parts(event, FieldChange::newValue)))
                .bind("callIds", ids(events, event -> event.callId().value()));
    }

    private static void bindRequests(List<Made<?>> made, Query insert) {
        insert.bind(
                        "requestTenantIds",
                        ids(
                                made,
                                each -> value(each.key(), key -> key.tenantId().value())))
                .bind(
                        "requestUserIds",
                        ids(made, each -> value(each.key(), key -> key.userId().value())))
                .bind("requestOperations", texts(made, each -> value(each.key(), Key::operation)))
                .bind("requestIds", ids(made, each -> value(each.key(), Key::requestId)))
                .bind("bodyDigests", texts(made, each -> value(each.request(), FirstRequest::bodyDigest)));
    }

    /** Nested arrays must have equal lengths, so the inner ones are texts. */
    private <T> String[] literals(List<T> rows, Function<T, @Nullable String[]> array) {
        Connection connection = handle.getConnection();
        String[] literals = new String[rows.size()];
        try {
            for (int i = 0; i < literals.length; i++) {
                literals[i] = connection
                        .createArrayOf("text", array.apply(rows.get(i)))
                        .toString();
            }
        } catch (SQLException failure) {
            throw new ConnectionException(failure);
        }
        return literals;
    }

    private static <T> @Nullable UUID[] ids(List<T> rows, Function<T, @Nullable UUID> part) {
        return Columns.column(rows, UUID[]::new, part);
    }

    private static <T> @Nullable String[] texts(List<T> rows, Function<T, @Nullable String> part) {
        return Columns.column(rows, String[]::new, part);
    }

    private static <T> @Nullable Instant[] times(List<T> rows, Function<T, @Nullable Instant> part) {
        return Columns.column(rows, Instant[]::new, part);
    }

    private static <T, V> @Nullable V value(@Nullable T present, Function<T, V> part) {
        return present == null ? null : part.apply(present);
    }

    private static String[] workloadIds(Token token) {
        return token.workloadIds().stream().map(WorkloadId::toString).toArray(String[]::new);
    }

    private static @Nullable String[] parts(AuditEvent event, Function<FieldChange, @Nullable String> part) {
        return event.changes().stream().map(part).toArray(String[]::new);
    }

    /**
     * A token to store.
     *
     * @param request null: the call is not idempotent
     */
    record Made<T>(Issued<T> issued, @Nullable FirstRequest request) {
        @Nullable Key key() {
            return request == null ? null : request.key();
        }
    }
}
