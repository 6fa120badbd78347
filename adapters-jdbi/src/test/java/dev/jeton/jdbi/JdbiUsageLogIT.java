package dev.jeton.jdbi;

import dev.jeton.application.port.outbound.contract.Persistence;
import dev.jeton.application.port.outbound.contract.UsageLogContract;

class JdbiUsageLogIT extends UsageLogContract {

    @Override
    protected Persistence persistence() {
        return TestDatabase.shared();
    }
}
