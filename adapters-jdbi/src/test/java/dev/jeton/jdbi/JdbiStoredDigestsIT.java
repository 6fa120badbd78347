package dev.jeton.jdbi;

import dev.jeton.application.port.outbound.contract.Persistence;
import dev.jeton.application.port.outbound.contract.StoredDigestsContract;

class JdbiStoredDigestsIT extends StoredDigestsContract {

    @Override
    protected Persistence persistence() {
        return TestDatabase.shared();
    }
}
