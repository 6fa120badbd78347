package dev.jeton.jdbi;

import dev.jeton.application.port.outbound.contract.Persistence;
import dev.jeton.application.port.outbound.contract.UserRepositoryContract;

class JdbiUserRepositoryIT extends UserRepositoryContract {

    @Override
    protected Persistence persistence() {
        return TestDatabase.shared();
    }
}
