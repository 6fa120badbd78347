package dev.jeton.jdbi.management;

import dev.jeton.application.port.outbound.contract.Persistence;
import dev.jeton.application.port.outbound.contract.ReachContract;
import dev.jeton.jdbi.TestDatabase;

class JdbiReachIT extends ReachContract {

    @Override
    protected Persistence persistence() {
        return TestDatabase.shared();
    }
}
