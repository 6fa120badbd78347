package dev.jeton.jdbi.audit;

import dev.jeton.application.page.AuditFilter;
import dev.jeton.application.page.Page;
import dev.jeton.application.page.PageRequest;
import dev.jeton.domain.audit.AuditEvent;
import dev.jeton.domain.tenant.TenantId;
import dev.jeton.jdbi.sql.Columns;
import dev.jeton.jdbi.sql.Keyset;
import dev.jeton.jdbi.sql.Pages;
import dev.jeton.jdbi.sql.TenantScope;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.statement.Query;

/**
 * Reads one page of a tenant's audit events. The statement contains only the conditions of the filter, so that the planner picks the index
 * that leads straight to the page.
 */
final class AuditPageQuery {
    private static final AuditEventRowMapper EVENTS = new AuditEventRowMapper();

    private final TenantId tenantId;
    private final AuditFilter filter;
    private final PageRequest page;
    private final List<String> conditions = new ArrayList<>();
    private final Map<String, Object> values = new HashMap<>();

    AuditPageQuery(TenantId tenantId, AuditFilter filter, PageRequest page) {
        this.tenantId = tenantId;
        this.filter = filter;
        this.page = page;
        where("e.tenant_id = :tenantId", "tenantId", tenantId.value());
        where("e.event_id < :before", "before", Keyset.before(page));
        if (filter.resourceId() != null) {
            where("e.resource_id = :resourceId", "resourceId", filter.resourceId());
        }
        if (filter.action() != null) {
            where("e.action = :action", "action", filter.action());
        }
        if (filter.from() != null) {
            where("e.create_time >= :from", "from", Columns.ceiling(filter.from()));
        }
        if (filter.until() != null) {
            where("e.create_time < :until", "until", Columns.ceiling(filter.until()));
        }
        if (filter.actorId() != null) {
            values.put("actorId", filter.actorId().value());
        }
    }

    /** A user may be the actor or the acting user. Each has its own index, which OR would not use. */
    String sql() {
        if (filter.actorId() == null) {
            return select("");
        }
        return """
               (%s) UNION ALL (%s)
               ORDER BY event_id DESC
               LIMIT :limit
               """.formatted(
                        select("\n  AND e.actor_user_id = :actorId"),
                        select("\n  AND e.acting_user_id = :actorId AND e.actor_user_id IS DISTINCT FROM :actorId"));
    }

    Page<AuditEvent> run(TenantScope scope) {
        if (matchesNothing()) {
            return new Page<>(List.of(), null);
        }
        return Pages.read(bind(scope.query(tenantId, sql())), EVENTS, page, event -> event.id()
                .value());
    }

    Query bind(Query query) {
        return query.bindMap(values).bind("limit", Keyset.limit(page));
    }

    private String select(String actor) {
        return """
               SELECT %s FROM audit_events e
               WHERE %s
               ORDER BY e.event_id DESC
               LIMIT :limit
               """.formatted(AuditEventRowMapper.COLUMNS, String.join("\n  AND ", conditions) + actor);
    }

    /** PostgreSQL refuses U+0000 in text, so no row can match. */
    private boolean matchesNothing() {
        return filter.action() != null && filter.action().indexOf('\0') >= 0;
    }

    private void where(String condition, String name, Object value) {
        conditions.add(condition);
        values.put(name, value);
    }
}
