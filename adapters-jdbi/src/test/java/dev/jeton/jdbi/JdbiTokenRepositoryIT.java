package dev.jeton.jdbi;

import dev.jeton.application.port.outbound.contract.Persistence;
import dev.jeton.application.port.outbound.contract.TokenRepositoryContract;

class JdbiTokenRepositoryIT extends TokenRepositoryContract {

    @Override
    protected Persistence persistence() {
        return TestDatabase.shared();
    }
}
