package dev.jeton.jdbi;

import dev.jeton.application.port.outbound.contract.InstallationKeysContract;
import dev.jeton.application.port.outbound.contract.Persistence;

class JdbiInstallationKeysIT extends InstallationKeysContract {

    @Override
    protected Persistence persistence() {
        return TestDatabase.shared();
    }
}
