package dev.jeton.jdbi.audit;

import dev.jeton.application.page.AuditFilter;
import dev.jeton.application.page.Page;
import dev.jeton.application.page.PageRequest;
import dev.jeton.application.port.outbound.AuditLog;
import dev.jeton.domain.audit.AuditEvent;
import dev.jeton.domain.audit.FieldChange;
import dev.jeton.domain.tenant.TenantId;
import dev.jeton.domain.token.TokenId;
import dev.jeton.domain.user.UserId;
import dev.jeton.jdbi.sql.ClosingStatements;
import dev.jeton.jdbi.sql.TenantScope;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Tables {@code audit_events} and {@code audit_pending}, which lists the events not yet chained. Events are written at the end of the
 * transaction, many with one statement.
 */
public final class JdbiAuditLog implements AuditLog {
    /** A statement may have 65,535 parameters. */
    private static final int MAX_PER_STATEMENT = 1_000;

    private static final String ROW =
            "(?, ?, ?, CAST(? AS uuid), CAST(? AS uuid), CAST(? AS uuid), ?, ?, ?, ?, ?, ?, ?)";

    private final TenantScope scope;
    private final Map<TenantId, List<AuditEvent>> appended = new LinkedHashMap<>();

    public JdbiAuditLog(TenantScope scope) {
        this.scope = scope;
    }

    @Override
    public void append(AuditEvent event) {
        appended.computeIfAbsent(event.tenantId(), tenantId -> new ArrayList<>())
                .add(event);
    }

    /** Adds the statements that write what was appended. They touch no row that another transaction could lock, so they never wait. */
    public void write(ClosingStatements closing) {
        appended.forEach((tenantId, events) -> {
            for (int start = 0; start < events.size(); start += MAX_PER_STATEMENT) {
                int end = Math.min(start + MAX_PER_STATEMENT, events.size());
                insert(tenantId, events.subList(start, end), closing);
            }
        });
    }

    private static void insert(TenantId tenantId, List<AuditEvent> events, ClosingStatements closing) {
        closing.add(
                tenantId,
                """
                WITH event AS (
                    INSERT INTO audit_events (
                        tenant_id, event_id, create_time, actor_user_id, actor_token_id, acting_user_id, action,
                        resource_type, resource_id, change_fields, change_old_values, change_new_values, call_id)
                    VALUES %s
                    RETURNING tenant_id, event_id)
                INSERT INTO audit_pending (tenant_id, event_id)
                SELECT tenant_id, event_id FROM event
                """.formatted(String.join(",\n", Collections.nCopies(events.size(), ROW))),
                events.stream().flatMap(JdbiAuditLog::values).toArray());
    }

    private static Stream<@Nullable Object> values(AuditEvent event) {
        UserId actor = event.actorUserId();
        TokenId token = event.actorTokenId();
        UserId acting = event.actingUserId();
        return Stream.of(
                event.tenantId().value(),
                event.id().value(),
                event.createTime(),
                actor == null ? null : actor.value(),
                token == null ? null : token.value(),
                acting == null ? null : acting.value(),
                event.action(),
                event.resourceType().name(),
                event.resourceId(),
                texts(event, FieldChange::field),
                texts(event, FieldChange::oldValue),
                texts(event, FieldChange::newValue),
                event.callId().value());
    }

    @Override
    public Page<AuditEvent> page(TenantId tenantId, AuditFilter filter, PageRequest page) {
        return new AuditPageQuery(tenantId, filter, page).run(scope);
    }

    private static @Nullable String[] texts(AuditEvent event, Function<FieldChange, @Nullable String> part) {
        return event.changes().stream().map(part).toArray(String[]::new);
    }
}
