package dev.jeton.application.port.inbound;

import dev.jeton.application.access.Caller;
import dev.jeton.application.page.Page;
import dev.jeton.domain.audit.AuditEvent;

/** What was changed, by whom and when. Thread-safe. */
public interface AuditTrail {

    /**
     * Events of one tenant, newest first. PERMISSION_DENIED for callers who may not; TENANT_NOT_FOUND for a tenant that is not there and
     * has left no events.
     */
    Page<AuditEvent> list(Caller caller, ListAuditEvents query);
}
