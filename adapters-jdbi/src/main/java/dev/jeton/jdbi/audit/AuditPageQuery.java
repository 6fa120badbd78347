package dev.jeton.jdbi.audit;

import dev.jeton.application.page.AuditFilter;
import dev.jeton.application.page.Page;
import dev.jeton.application.page.PageRequest;
import dev.jeton.domain.audit.AuditEvent;
import dev.jeton.domain.tenant.TenantId;
import dev.jeton.jdbi.sql.BoundedScan;
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
 * Reads one page of a tenant's audit events. Every index on what can be asked for continues with the time and the id, so it leads straight to
 * the page and to the ends of a period. Of several conditions the most selective one picks the index; the others limit its scan
 * ({@link BoundedScan}).
 */
final class AuditPageQuery {
    private static final AuditEventRowMapper EVENTS = new AuditEventRowMapper();
    private static final String NEWEST_FIRST = "e.create_time DESC, e.event_id DESC";

    private final TenantId tenantId;
    private final AuditFilter filter;
    private final PageRequest page;
    private final Map<String, Object> values = new HashMap<>();

    /** Conditions that the index covers. */
    private final List<String> indexed = new ArrayList<>();

    /** The others. */
    private final List<String> scanned = new ArrayList<>();

    private final boolean byActor;

    AuditPageQuery(TenantId tenantId, AuditFilter filter, PageRequest page) {
        this.tenantId = tenantId;
        this.filter = filter;
        this.page = page;
        byActor = filter.actorId() != null && filter.resourceId() == null;
        indexed.add("e.tenant_id = :tenantId");
        values.put("tenantId", tenantId.value());
        if (page.after() != null) {
            // An event that was purged since has no time: then all that follow it are purged, too.
            indexed.add("""
                    (e.create_time, e.event_id) < (
                        (SELECT l.create_time FROM audit_events l WHERE l.tenant_id = :tenantId AND l.event_id = :before),
                        :before)""");
            values.put("before", Keyset.before(page));
        }
        if (filter.from() != null) {
            indexed.add("e.create_time >= :from");
            values.put("from", Columns.ceiling(filter.from()));
        }
        if (filter.until() != null) {
            indexed.add("e.create_time < :until");
            values.put("until", Columns.ceiling(filter.until()));
        }
        if (filter.resourceId() != null) {
            indexed.add("e.resource_id = :resourceId");
            values.put("resourceId", filter.resourceId());
        }
        if (filter.actorId() != null) {
            values.put("actorId", filter.actorId().value());
            if (!byActor) {
                scanned.add("(e.actor_user_id = :actorId OR e.acting_user_id = :actorId)");
            }
        }
        if (filter.action() != null) {
            (filter.resourceId() == null && !byActor ? indexed : scanned).add("e.action = :action");
            values.put("action", filter.action());
        }
    }

    String sql() {
        if (scanned.isEmpty()) {
            return ordered(":limit") + "LIMIT :limit";
        }
        return BoundedScan.sql(
                "e",
                AuditEventRowMapper.COLUMNS,
                ordered(Integer.toString(BoundedScan.MAX_ROWS)),
                String.join(" AND ", scanned),
                NEWEST_FIRST);
    }

    Page<AuditEvent> run(TenantScope scope) {
        if (matchesNothing()) {
            return new Page<>(List.of(), null);
        }
        Query query = scope.query(tenantId, sql(), page).bindMap(values).bind("limit", Keyset.limit(page));
        return scanned.isEmpty()
                ? Pages.read(query, EVENTS, page, event -> event.id().value())
                : BoundedScan.run(query, EVENTS, page, event -> event.id().value());
    }

    /** A user may be the actor or the acting user. Each has its own index, which OR would not use. */
    private String ordered(String limit) {
        if (!byActor) {
            return select("");
        }
        return """
               SELECT e.* FROM (
                   (%1$s LIMIT %3$s) UNION ALL (%2$s LIMIT %3$s)) e
               ORDER BY %4$s
               """.formatted(
                        select(" AND e.actor_user_id = :actorId"),
                        select(" AND e.acting_user_id = :actorId AND e.actor_user_id IS DISTINCT FROM :actorId"),
                        limit,
                        NEWEST_FIRST);
    }

    private String select(String actor) {
        return """
               SELECT %s FROM audit_events e
               WHERE %s
               ORDER BY %s
               """.formatted(AuditEventRowMapper.COLUMNS, String.join("\n  AND ", indexed) + actor, NEWEST_FIRST);
    }

    /** PostgreSQL refuses U+0000 in text, so no row can match. */
    private boolean matchesNothing() {
        return filter.action() != null && filter.action().indexOf('\0') >= 0;
    }
}
