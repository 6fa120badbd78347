package dev.jeton.jdbi.management;

import dev.jeton.application.port.outbound.contract.Persistence;
import dev.jeton.application.port.outbound.contract.TransactorContract;
import dev.jeton.jdbi.TestDatabase;

class JdbiTransactorIT extends TransactorContract {

    @Override
    protected Persistence persistence() {
        return TestDatabase.shared();
    }
}
