package dev.jeton.jdbi;

import dev.jeton.application.port.outbound.contract.Persistence;
import dev.jeton.application.port.outbound.contract.TokenNamesContract;

class JdbiTokenNamesIT extends TokenNamesContract {

    @Override
    protected Persistence persistence() {
        return TestDatabase.shared();
    }
}
