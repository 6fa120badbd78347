package dev.jeton.jdbi;

import dev.jeton.application.port.outbound.contract.Persistence;
import dev.jeton.application.port.outbound.contract.TokenDeletionContract;

class JdbiTokenDeletionIT extends TokenDeletionContract {

    @Override
    protected Persistence persistence() {
        return TestDatabase.shared();
    }
}
