package dev.jeton.jdbi.management;

import dev.jeton.application.port.outbound.contract.Persistence;
import dev.jeton.application.port.outbound.contract.TokenPageContract;
import dev.jeton.jdbi.TestDatabase;

class JdbiTokenPageIT extends TokenPageContract {

    @Override
    protected Persistence persistence() {
        return TestDatabase.shared();
    }
}
