package dev.jeton.jdbi;

import dev.jeton.application.port.outbound.contract.AuditLogContract;
import dev.jeton.application.port.outbound.contract.Persistence;

class JdbiAuditLogIT extends AuditLogContract {

    @Override
    protected Persistence persistence() {
        return TestDatabase.shared();
    }
}
