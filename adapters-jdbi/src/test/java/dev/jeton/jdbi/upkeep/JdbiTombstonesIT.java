package dev.jeton.jdbi.upkeep;

import dev.jeton.application.port.outbound.contract.Persistence;
import dev.jeton.application.port.outbound.contract.TombstonesContract;
import dev.jeton.jdbi.TestDatabase;

class JdbiTombstonesIT extends TombstonesContract {

    @Override
    protected Persistence persistence() {
        return TestDatabase.shared();
    }
}
