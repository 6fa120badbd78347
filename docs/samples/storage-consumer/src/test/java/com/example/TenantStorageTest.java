package com.example;

import dev.jeton.application.port.outbound.contract.Persistence;
import dev.jeton.application.port.outbound.contract.TenantRepositoryContract;
import dev.jeton.application.port.outbound.memory.InMemoryPersistence;
import java.time.InstantSource;

/** Replace the in-memory store by your own; the suite states what Jeton requires of it. */
class TenantStorageTest extends TenantRepositoryContract {
    private final Persistence persistence = new InMemoryPersistence(InstantSource.system());

    @Override
    protected Persistence persistence() {
        return persistence;
    }
}
