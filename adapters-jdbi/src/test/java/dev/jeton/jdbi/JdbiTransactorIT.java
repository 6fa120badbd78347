package dev.jeton.jdbi;

import dev.jeton.application.port.outbound.contract.Persistence;
import dev.jeton.application.port.outbound.contract.TransactorContract;

class JdbiTransactorIT extends TransactorContract {

    @Override
    protected Persistence persistence() {
        return TestDatabase.shared();
    }
}
