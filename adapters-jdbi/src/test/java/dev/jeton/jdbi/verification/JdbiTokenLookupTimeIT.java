package dev.jeton.jdbi.verification;

import dev.jeton.application.port.outbound.contract.Persistence;
import dev.jeton.application.port.outbound.contract.TokenLookupTimeContract;
import dev.jeton.jdbi.TestDatabase;

class JdbiTokenLookupTimeIT extends TokenLookupTimeContract {

    @Override
    protected Persistence persistence() {
        return TestDatabase.shared();
    }
}
