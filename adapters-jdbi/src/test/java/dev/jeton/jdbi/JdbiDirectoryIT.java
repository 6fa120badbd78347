package dev.jeton.jdbi;

import dev.jeton.application.port.outbound.contract.DirectoryContract;
import dev.jeton.application.port.outbound.contract.Persistence;

class JdbiDirectoryIT extends DirectoryContract {

    @Override
    protected Persistence persistence() {
        return TestDatabase.shared();
    }
}
