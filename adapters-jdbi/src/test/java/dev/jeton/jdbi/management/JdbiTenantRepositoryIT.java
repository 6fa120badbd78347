package dev.jeton.jdbi.management;

import dev.jeton.application.port.outbound.contract.Persistence;
import dev.jeton.application.port.outbound.contract.TenantRepositoryContract;
import dev.jeton.jdbi.TestDatabase;

class JdbiTenantRepositoryIT extends TenantRepositoryContract {

    @Override
    protected Persistence persistence() {
        return TestDatabase.shared();
    }
}
