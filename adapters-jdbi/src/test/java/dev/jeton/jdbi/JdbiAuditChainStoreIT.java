package dev.jeton.jdbi;

import dev.jeton.application.port.outbound.contract.AuditChainStoreContract;
import dev.jeton.application.port.outbound.contract.Persistence;

class JdbiAuditChainStoreIT extends AuditChainStoreContract {

    @Override
    protected Persistence persistence() {
        return TestDatabase.shared();
    }
}
