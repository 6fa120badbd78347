package dev.jeton.jdbi.upkeep;

import dev.jeton.application.port.outbound.contract.Persistence;
import dev.jeton.application.port.outbound.contract.UsageLogContract;
import dev.jeton.jdbi.TestDatabase;

class JdbiUsageLogIT extends UsageLogContract {

    @Override
    protected Persistence persistence() {
        return TestDatabase.shared();
    }
}
