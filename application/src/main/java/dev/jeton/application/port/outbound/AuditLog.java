package dev.jeton.application.port.outbound;

import dev.jeton.application.page.AuditFilter;
import dev.jeton.application.page.Page;
import dev.jeton.application.page.PageRequest;
import dev.jeton.domain.audit.AuditEvent;
import dev.jeton.domain.tenant.TenantId;

/** Stores the audit events of each tenant, also after the tenant is deleted. See {@link Repositories} for its lifetime. */
public interface AuditLog {

    /** Stores an event. Later transactions see it; this one may not. It is sealed shortly after the commit. */
    void append(AuditEvent event);

    /**
     * Returns events by descending time, those of one instant by descending id. The cost grows neither with the page number nor with the number
     * of events that do not match: a page may end early, even empty. Only a page without a cursor is the last.
     */
    Page<AuditEvent> page(TenantId tenantId, AuditFilter filter, PageRequest page);
}
