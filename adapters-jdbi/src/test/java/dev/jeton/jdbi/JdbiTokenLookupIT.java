package dev.jeton.jdbi;

import dev.jeton.application.port.outbound.contract.Persistence;
import dev.jeton.application.port.outbound.contract.TokenLookupContract;

class JdbiTokenLookupIT extends TokenLookupContract {

    @Override
    protected Persistence persistence() {
        return TestDatabase.shared();
    }
}
