package dev.jeton.application.port.outbound;

import dev.jeton.application.port.outbound.contract.Persistence;
import dev.jeton.application.port.outbound.contract.RequestLogContract;
import dev.jeton.application.port.outbound.memory.InMemoryPersistence;
import java.time.InstantSource;

class InMemoryRequestLogTest extends RequestLogContract {
    private final Persistence persistence = new InMemoryPersistence(InstantSource.system());

    @Override
    protected Persistence persistence() {
        return persistence;
    }
}
