package dev.jeton.bootstrap.broken.core;

import dev.jeton.application.port.outbound.Transactor;
import dev.jeton.domain.tenant.TenantId;

/** Begins a transaction, and deletes in it without an audit event. */
public final class WritesWithoutAudit {
    private final Transactor transactor;

    public WritesWithoutAudit(Transactor transactor) {
        this.transactor = transactor;
    }

    public void delete(TenantId tenantId) {
        transactor.inTransaction(repositories -> {
            repositories.tenants().delete(tenantId);
            return tenantId;
        });
    }
}
