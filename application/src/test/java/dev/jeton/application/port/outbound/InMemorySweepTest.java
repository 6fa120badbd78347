package dev.jeton.application.port.outbound;

import dev.jeton.application.port.outbound.contract.Persistence;
import dev.jeton.application.port.outbound.contract.SweepContract;
import dev.jeton.application.port.outbound.memory.InMemoryPersistence;
import java.time.InstantSource;
import org.junit.jupiter.api.Tag;

@Tag("G18")
class InMemorySweepTest extends SweepContract {
    private final Persistence persistence = new InMemoryPersistence(InstantSource.system());

    @Override
    protected Persistence persistence() {
        return persistence;
    }
}
