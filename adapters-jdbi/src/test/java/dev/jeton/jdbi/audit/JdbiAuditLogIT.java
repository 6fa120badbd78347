package dev.jeton.jdbi.audit;

import dev.jeton.application.port.outbound.contract.AuditLogContract;
import dev.jeton.application.port.outbound.contract.Persistence;
import dev.jeton.jdbi.TestDatabase;

class JdbiAuditLogIT extends AuditLogContract {

    @Override
    protected Persistence persistence() {
        return TestDatabase.shared();
    }
}
