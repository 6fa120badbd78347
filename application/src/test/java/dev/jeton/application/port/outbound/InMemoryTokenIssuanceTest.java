package dev.jeton.application.port.outbound;

import dev.jeton.application.port.outbound.contract.Persistence;
import dev.jeton.application.port.outbound.contract.TokenIssuanceContract;
import dev.jeton.application.port.outbound.memory.InMemoryPersistence;
import java.time.InstantSource;

class InMemoryTokenIssuanceTest extends TokenIssuanceContract {
    private final Persistence persistence = new InMemoryPersistence(InstantSource.system());

    @Override
    protected Persistence persistence() {
        return persistence;
    }
}
