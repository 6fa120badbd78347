package dev.jeton.jdbi;

import dev.jeton.application.port.outbound.contract.Persistence;
import dev.jeton.application.port.outbound.contract.TokenLookupTimeContract;

class JdbiTokenLookupTimeIT extends TokenLookupTimeContract {

    @Override
    protected Persistence persistence() {
        return TestDatabase.shared();
    }
}
