package dev.jeton.jdbi.management;

import dev.jeton.application.port.outbound.contract.MomentContract;
import dev.jeton.application.port.outbound.contract.Persistence;
import dev.jeton.jdbi.TestDatabase;
import org.junit.jupiter.api.Tag;

@Tag("G17")
class JdbiMomentIT extends MomentContract {

    @Override
    protected Persistence persistence() {
        return TestDatabase.shared();
    }
}
