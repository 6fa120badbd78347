package dev.jeton.jdbi;

import dev.jeton.application.port.outbound.contract.Persistence;
import dev.jeton.application.port.outbound.contract.TombstonesContract;

class JdbiTombstonesIT extends TombstonesContract {

    @Override
    protected Persistence persistence() {
        return TestDatabase.shared();
    }
}
