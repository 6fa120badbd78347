package dev.jeton.application.port.outbound.memory;

import dev.jeton.application.page.AuditFilter;
import dev.jeton.application.page.Page;
import dev.jeton.application.page.PageRequest;
import dev.jeton.application.port.outbound.AuditLog;
import dev.jeton.application.port.outbound.memory.State.EventKey;
import dev.jeton.domain.audit.AuditEvent;
import dev.jeton.domain.audit.AuditEventId;
import dev.jeton.domain.tenant.TenantId;
import java.util.Comparator;

/** The audit events of one transaction. */
final class InMemoryAuditLog implements AuditLog {
    private final Transaction transaction;

    InMemoryAuditLog(Transaction transaction) {
        this.transaction = transaction;
    }

    @Override
    public void append(AuditEvent event) {
        State state = transaction.state();
        if (state.events.putIfAbsent(State.key(event), event) != null) {
            throw new IllegalStateException("Event " + event.id() + " already exists");
        }
        state.pending.add(State.key(event));
    }

    @Override
    public Page<AuditEvent> page(TenantId tenantId, AuditFilter filter, PageRequest page) {
        State state = transaction.state();
        Comparator<AuditEvent> newestFirst = Comparator.comparing(AuditEvent::createTime)
                .thenComparing(event -> event.id().value(), Paging.BY_BYTES)
                .reversed();
        AuditEvent after = page.after() == null
                ? null
                : state.events.get(
                        new EventKey(tenantId, new AuditEventId(page.after().lastId())));
        return Page.cut(
                state.events.values().stream()
                        .filter(event -> event.tenantId().equals(tenantId) && meets(filter, event))
                        .filter(event -> page.after() == null || after != null && newestFirst.compare(event, after) > 0)
                        .sorted(newestFirst)
                        .limit(page.size() + 1L)
                        .toList(),
                page,
                event -> event.id().value());
    }

    private static boolean meets(AuditFilter filter, AuditEvent event) {
        return (filter.resourceId() == null || filter.resourceId().equals(event.resourceId()))
                && (filter.actorId() == null
                        || filter.actorId().equals(event.actorUserId())
                        || filter.actorId().equals(event.actingUserId()))
                && (filter.action() == null || filter.action().equals(event.action()))
                && (filter.from() == null || !event.createTime().isBefore(filter.from()))
                && (filter.until() == null || event.createTime().isBefore(filter.until()));
    }
}
