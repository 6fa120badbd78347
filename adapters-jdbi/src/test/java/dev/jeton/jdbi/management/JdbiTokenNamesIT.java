package dev.jeton.jdbi.management;

import dev.jeton.application.port.outbound.contract.Persistence;
import dev.jeton.application.port.outbound.contract.TokenNamesContract;
import dev.jeton.jdbi.TestDatabase;

class JdbiTokenNamesIT extends TokenNamesContract {

    @Override
    protected Persistence persistence() {
        return TestDatabase.shared();
    }
}
