package dev.jeton.jdbi.management;

import dev.jeton.application.port.outbound.contract.MomentContract;
import dev.jeton.application.port.outbound.contract.Persistence;
import dev.jeton.jdbi.TestDatabase;

class JdbiMomentIT extends MomentContract {

    @Override
    protected Persistence persistence() {
        return TestDatabase.shared();
    }
}
