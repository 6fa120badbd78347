package dev.jeton.jdbi.management;

import dev.jeton.application.port.outbound.contract.DirectoryContract;
import dev.jeton.application.port.outbound.contract.Persistence;
import dev.jeton.jdbi.TestDatabase;

class JdbiDirectoryIT extends DirectoryContract {

    @Override
    protected Persistence persistence() {
        return TestDatabase.shared();
    }
}
