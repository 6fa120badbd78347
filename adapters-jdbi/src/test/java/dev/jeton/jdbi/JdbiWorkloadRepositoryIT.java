package dev.jeton.jdbi;

import dev.jeton.application.port.outbound.contract.Persistence;
import dev.jeton.application.port.outbound.contract.WorkloadRepositoryContract;

class JdbiWorkloadRepositoryIT extends WorkloadRepositoryContract {

    @Override
    protected Persistence persistence() {
        return TestDatabase.shared();
    }
}
