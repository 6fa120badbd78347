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
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Tables {@code audit_events} and {@code audit_pending}, which lists the events not yet chained. */
public final class JdbiAuditLog implements AuditLog {
    private final TenantScope scope;
    private final ClosingStatements closing;

    public JdbiAuditLog(TenantScope scope, ClosingStatements closing) {
        this.scope = scope;
        this.closing = closing;
    }

    /** Touches no row that another transaction could lock, so it never waits. */
    @Override
    public void append(AuditEvent event) {
        UserId actor = event.actorUserId();
        TokenId token = event.actorTokenId();
        UserId acting = event.actingUserId();
        closing.add(
                event.tenantId(),
                """
                WITH event AS (
                    INSERT INTO audit_events (
                        tenant_id, event_id, create_time, actor_user_id, actor_token_id, acting_user_id, action,
                        resource_type, resource_id, change_fields, change_old_values, change_new_values, call_id)
                    VALUES (?, ?, ?, CAST(? AS uuid), CAST(? AS uuid), CAST(? AS uuid), ?, ?, ?, ?, ?, ?, ?)
                    RETURNING tenant_id, event_id)
                INSERT INTO audit_pending (tenant_id, event_id)
                SELECT tenant_id, event_id FROM event
                """,
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
