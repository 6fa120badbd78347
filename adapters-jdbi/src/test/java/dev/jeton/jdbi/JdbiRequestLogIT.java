package dev.jeton.jdbi;

import dev.jeton.application.port.outbound.contract.Persistence;
import dev.jeton.application.port.outbound.contract.RequestLogContract;

class JdbiRequestLogIT extends RequestLogContract {

    @Override
    protected Persistence persistence() {
        return TestDatabase.shared();
    }
}
