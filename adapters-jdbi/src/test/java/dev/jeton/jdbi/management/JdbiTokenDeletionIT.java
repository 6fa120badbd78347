package dev.jeton.jdbi.management;

import dev.jeton.application.port.outbound.contract.Persistence;
import dev.jeton.application.port.outbound.contract.TokenDeletionContract;
import dev.jeton.jdbi.TestDatabase;

class JdbiTokenDeletionIT extends TokenDeletionContract {

    @Override
    protected Persistence persistence() {
        return TestDatabase.shared();
    }
}
