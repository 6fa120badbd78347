package dev.jeton.application.port.outbound;

import dev.jeton.application.port.outbound.contract.Persistence;
import dev.jeton.application.port.outbound.contract.TokenLookupContract;
import dev.jeton.application.port.outbound.memory.InMemoryPersistence;
import java.time.InstantSource;

class InMemoryTokenLookupTest extends TokenLookupContract {
    private final Persistence persistence = new InMemoryPersistence(InstantSource.system());

    @Override
    protected Persistence persistence() {
        return persistence;
    }
}
