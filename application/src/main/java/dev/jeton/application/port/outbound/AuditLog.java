package dev.jeton.application.port.outbound;

import dev.jeton.application.page.AuditFilter;
import dev.jeton.application.page.Page;
import dev.jeton.application.page.PageRequest;
import dev.jeton.domain.audit.AuditEvent;
import dev.jeton.domain.tenant.TenantId;

/** What was changed in one tenant at a time, for ever: also when the tenant is deleted. See {@link Repositories} for its validity. */
public interface AuditLog {

    /** Stores a new event. Later transactions see it, this one need not; the chain gets it a moment after the transaction. */
    void append(AuditEvent event);

    /** Events by descending id. */
    Page<AuditEvent> page(TenantId tenantId, AuditFilter filter, PageRequest page);
}
