package dev.jeton.jdbi.management;

import dev.jeton.application.port.outbound.contract.Persistence;
import dev.jeton.application.port.outbound.contract.WorkloadRepositoryContract;
import dev.jeton.jdbi.TestDatabase;

class JdbiWorkloadRepositoryIT extends WorkloadRepositoryContract {

    @Override
    protected Persistence persistence() {
        return TestDatabase.shared();
    }
}
