package dev.jeton.jdbi.management;

import dev.jeton.application.port.outbound.contract.Persistence;
import dev.jeton.application.port.outbound.contract.RequestLogContract;
import dev.jeton.jdbi.TestDatabase;

class JdbiRequestLogIT extends RequestLogContract {

    @Override
    protected Persistence persistence() {
        return TestDatabase.shared();
    }
}
