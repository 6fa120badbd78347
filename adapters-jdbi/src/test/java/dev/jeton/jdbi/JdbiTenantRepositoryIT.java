package dev.jeton.jdbi;

import dev.jeton.application.port.outbound.contract.Persistence;
import dev.jeton.application.port.outbound.contract.TenantRepositoryContract;

class JdbiTenantRepositoryIT extends TenantRepositoryContract {

    @Override
    protected Persistence persistence() {
        return TestDatabase.shared();
    }
}
