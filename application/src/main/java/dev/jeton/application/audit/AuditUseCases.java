package dev.jeton.application.audit;

import dev.jeton.application.access.Caller;
import dev.jeton.application.access.Missing;
import dev.jeton.application.access.Operation;
import dev.jeton.application.call.Calls;
import dev.jeton.application.page.AuditFilter;
import dev.jeton.application.page.Page;
import dev.jeton.application.page.PageRequest;
import dev.jeton.application.port.inbound.audit.AuditTrail;
import dev.jeton.application.port.inbound.audit.ListAuditEvents;
import dev.jeton.application.port.outbound.Repositories;
import dev.jeton.domain.audit.AuditEvent;
import dev.jeton.domain.tenant.TenantId;

/** Lists audit events. Thread-safe. */
public final class AuditUseCases implements AuditTrail {
    private final Calls calls;

    public AuditUseCases(Calls calls) {
        this.calls = calls;
    }

    @Override
    public Page<AuditEvent> list(Caller caller, ListAuditEvents query) {
        return calls.read(caller, Operation.LIST_AUDIT_EVENTS, call -> {
            TenantId tenantId = call.visible(query.tenantId());
            Repositories repositories = call.repositories();
            Page<AuditEvent> page = repositories.audit().page(tenantId, query.filter(), query.page());
            if (page.items().isEmpty() && !hasExisted(tenantId, repositories)) {
                throw Missing.tenant(tenantId);
            }
            return page;
        });
    }

    /** A deleted tenant counts if it left audit events. */
    private static boolean hasExisted(TenantId tenantId, Repositories repositories) {
        return repositories.tenants().find(tenantId).isPresent()
                || !repositories
                        .audit()
                        .page(tenantId, AuditFilter.NONE, PageRequest.first(1))
                        .items()
                        .isEmpty();
    }
}
