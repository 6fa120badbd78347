package dev.jeton.application.port.outbound.memory;

import dev.jeton.application.page.AuditFilter;
import dev.jeton.application.page.Page;
import dev.jeton.application.page.PageRequest;
import dev.jeton.application.port.outbound.AuditLog;
import dev.jeton.domain.audit.AuditEvent;
import dev.jeton.domain.tenant.TenantId;

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
        return Paging.descending(
                transaction.state().events.values().stream()
                        .filter(event -> event.tenantId().equals(tenantId) && meets(filter, event)),
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
