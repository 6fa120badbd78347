package dev.jeton.jdbi.audit;

import dev.jeton.application.port.outbound.contract.AuditChainStoreContract;
import dev.jeton.application.port.outbound.contract.Persistence;
import dev.jeton.jdbi.TestDatabase;

class JdbiAuditChainStoreIT extends AuditChainStoreContract {

    @Override
    protected Persistence persistence() {
        return TestDatabase.shared();
    }
}
