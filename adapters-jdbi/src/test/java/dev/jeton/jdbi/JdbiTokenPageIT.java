package dev.jeton.jdbi;

import dev.jeton.application.port.outbound.contract.Persistence;
import dev.jeton.application.port.outbound.contract.TokenPageContract;

class JdbiTokenPageIT extends TokenPageContract {

    @Override
    protected Persistence persistence() {
        return TestDatabase.shared();
    }
}
