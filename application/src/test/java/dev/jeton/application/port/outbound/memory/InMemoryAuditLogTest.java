package dev.jeton.application.port.outbound.memory;

import dev.jeton.application.port.outbound.contract.AuditLogContract;
import dev.jeton.application.port.outbound.contract.Persistence;
import java.time.InstantSource;

class InMemoryAuditLogTest extends AuditLogContract {
    private final Persistence persistence = new InMemoryPersistence(InstantSource.system());

    @Override
    protected Persistence persistence() {
        return persistence;
    }
}
