package dev.jeton.application.port.inbound.audit;

import dev.jeton.application.access.Caller;
import dev.jeton.application.page.Page;
import dev.jeton.domain.audit.AuditEvent;

/** Lists what was changed, by whom and when. Thread-safe. */
public interface AuditTrail {

    /**
     * Returns events of one tenant, newest first. Fails with PERMISSION_DENIED, or with TENANT_NOT_FOUND if the tenant does not exist and left
     * no events.
     */
    Page<AuditEvent> list(Caller caller, ListAuditEvents query);
}
