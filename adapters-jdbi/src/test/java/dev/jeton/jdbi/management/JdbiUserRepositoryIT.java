package dev.jeton.jdbi.management;

import dev.jeton.application.port.outbound.contract.Persistence;
import dev.jeton.application.port.outbound.contract.UserRepositoryContract;
import dev.jeton.jdbi.TestDatabase;

class JdbiUserRepositoryIT extends UserRepositoryContract {

    @Override
    protected Persistence persistence() {
        return TestDatabase.shared();
    }
}
