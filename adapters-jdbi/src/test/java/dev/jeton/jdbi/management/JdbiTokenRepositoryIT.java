package dev.jeton.jdbi.management;

import dev.jeton.application.port.outbound.contract.Persistence;
import dev.jeton.application.port.outbound.contract.TokenRepositoryContract;
import dev.jeton.jdbi.TestDatabase;

class JdbiTokenRepositoryIT extends TokenRepositoryContract {

    @Override
    protected Persistence persistence() {
        return TestDatabase.shared();
    }
}
