package dev.jeton.jdbi.management;

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
import dev.jeton.jdbi.sql.PostgresTypes;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.core.statement.StatementCustomizer;
import org.jspecify.annotations.Nullable;

/**
 * The two round trips of a transaction that creates tokens of several tenants. Row-level security limits it to the tenants that it names (see
 * migration V15); every join is on the tenant, too. Nothing waits for a lock that a management call holds, except for a name that one is about to
 * take.
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

    /** Leaves out tokens whose name is taken. */
    private static final String INSERT = """
            WITH new AS MATERIALIZED (
                SELECT * FROM unnest(
                    :tenantIds, :tokenIds, :ownerIds, :tenantWide, :names, :nameUniqueness, :descriptions, :scopes,
                    :secretSchemes, :secretDigests, :secretHints, :expireTimes, :workloadIds, :createTimes, :versions,
                    :eventIds, :actorUserIds, :actorTokenIds, :actingUserIds, :actions,
                    :changeFields, :changeOldValues, :changeNewValues, :callIds)
                AS new (
                    tenant_id, token_id, user_id, tenant_wide, name, name_uniqueness, description, scopes,
                    secret_scheme, secret_digest, secret_hint, expire_time, workload_ids, create_time, version,
                    event_id, actor_user_id, actor_token_id, acting_user_id, action,
                    change_fields, change_old_values, change_new_values, call_id)),
            token AS (
                INSERT INTO tokens (
                    tenant_id, token_id, user_id, tenant_wide, name, name_uniqueness, description, scopes,
                    secret_scheme, secret_digest, secret_hint, expire_time, create_time, update_time, version)
                SELECT
                    tenant_id, token_id, user_id, tenant_wide, name, name_uniqueness, description, scopes::text[],
                    secret_scheme, decode(secret_digest, 'hex'), secret_hint, expire_time, create_time, create_time, version
                FROM new
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

    private static final Comparator<Issued<?>> BY_NAME = Comparator.comparing(
                    (Issued<?> issued) -> issued.token().tenantId().value())
            .thenComparing(issued -> issued.token().name().value());

    private final Handle handle;

    IssuanceStatements(Handle handle) {
        this.handle = handle;
    }

    /** Limits the transaction to the tenants named, and holds the owners and workloads that are free until its end. */
    HeldOwners hold(List<Needs> needs) {
        List<Owner> owners = needs.stream().map(Owner::of).distinct().toList();
        List<Map.Entry<TenantId, WorkloadId>> workloads = needs.stream()
                .flatMap(each -> each.workloadIds().stream().map(id -> Map.entry(each.tenantId(), id)))
                .distinct()
                .toList();
        UUID[] tenantIds =
                Columns.column(owners, UUID[]::new, each -> each.tenantId().value());
        HeldOwners held = new HeldOwners();
        handle.createQuery(SET_TENANTS + ";\n" + HOLD)
                .bind("scope", PostgresTypes.array(tenantIds).getValue())
                .bind("tenantIds", tenantIds)
                .bind("ownerIds", Columns.column(owners, UUID[]::new, each -> each.userId()
                        .value()))
                .bind("workloadTenantIds", Columns.column(workloads, UUID[]::new, each -> each.getKey()
                        .value()))
                .bind("workloadIds", Columns.column(workloads, UUID[]::new, each -> each.getValue()
                        .value()))
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

    /** Stores those whose name is free, and commits. Returns their ids. */
    Set<TokenId> insert(List<Issued<?>> issued) {
        if (issued.isEmpty()) {
            return Set.of();
        }
        // In one order in all transactions, because they wait for each other's names.
        List<Issued<?>> rows = issued.stream().sorted(BY_NAME).toList();
        List<Token> tokens = rows.stream().<Token>map(Issued::token).toList();
        List<AuditEvent> events = rows.stream().<AuditEvent>map(Issued::event).toList();
        List<SecretDigest> digests =
                rows.stream().<SecretDigest>map(Issued::digest).toList();
        return handle.createQuery(INSERT + ";\nCOMMIT")
                .bind("tenantIds", Columns.column(tokens, UUID[]::new, token -> token.tenantId()
                        .value()))
                .bind("tokenIds", Columns.column(tokens, UUID[]::new, token -> token.id()
                        .value()))
                .bind("ownerIds", Columns.column(tokens, UUID[]::new, token -> token.ownerId()
                        .value()))
                .bind("tenantWide", Columns.column(tokens, Boolean[]::new, Token::tenantWide))
                .bind("names", Columns.column(tokens, String[]::new, token -> token.name()
                        .value()))
                .bind("nameUniqueness", Columns.column(tokens, String[]::new, token -> token.nameUniqueness()
                        .name()))
                .bind("descriptions", Columns.column(tokens, String[]::new, token -> token.description()
                        .value()))
                .bind("scopes", literals(tokens, token -> Columns.texts(token.scopes())))
                .bind("secretSchemes", Columns.column(digests, String[]::new, SecretDigest::scheme))
                .bind("secretDigests", Columns.column(digests, String[]::new, digest -> HexFormat.of()
                        .formatHex(digest.bytes())))
                .bind("secretHints", Columns.column(tokens, String[]::new, token -> token.secretHint()
                        .value()))
                .bind("expireTimes", Columns.column(tokens, Instant[]::new, token -> token.expiry()
                        .instant()))
                .bind("workloadIds", literals(tokens, IssuanceStatements::workloadIds))
                .bind("createTimes", Columns.column(tokens, Instant[]::new, token -> token.revision()
                        .createTime()))
                .bind("versions", Columns.column(tokens, Long[]::new, token -> token.revision()
                        .version()))
                .bind("eventIds", Columns.column(events, UUID[]::new, event -> event.id()
                        .value()))
                .bind("actorUserIds", ids(events, AuditEvent::actorUserId, UserId::value))
                .bind("actorTokenIds", ids(events, AuditEvent::actorTokenId, TokenId::value))
                .bind("actingUserIds", ids(events, AuditEvent::actingUserId, UserId::value))
                .bind("actions", Columns.column(events, String[]::new, AuditEvent::action))
                .bind("changeFields", literals(events, event -> texts(event, FieldChange::field)))
                .bind("changeOldValues", literals(events, event -> texts(event, FieldChange::oldValue)))
                .bind("changeNewValues", literals(events, event -> texts(event, FieldChange::newValue)))
                .bind("callIds", Columns.column(events, UUID[]::new, event -> event.callId()
                        .value()))
                .addCustomizer(new CommitWarnings())
                .map((row, context) -> new TokenId(Columns.uuid(row, "token_id")))
                .set();
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

    private static <T> @Nullable UUID[] ids(
            List<AuditEvent> events, Function<AuditEvent, @Nullable T> part, Function<T, UUID> value) {
        return Columns.column(events, UUID[]::new, event -> {
            T id = part.apply(event);
            return id == null ? null : value.apply(id);
        });
    }

    private static String[] workloadIds(Token token) {
        return token.workloadIds().stream().map(WorkloadId::toString).toArray(String[]::new);
    }

    private static @Nullable String[] texts(AuditEvent event, Function<FieldChange, @Nullable String> part) {
        return event.changes().stream().map(part).toArray(String[]::new);
    }
}
