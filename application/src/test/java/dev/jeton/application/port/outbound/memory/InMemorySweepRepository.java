package dev.jeton.application.port.outbound.memory;

import dev.jeton.application.port.outbound.SweepRepository;
import java.util.Optional;

/** The sweeps of one transaction. */
final class InMemorySweepRepository implements SweepRepository {
    private final Transaction transaction;

    InMemorySweepRepository(Transaction transaction) {
        this.transaction = transaction;
    }

    @Override
    public void insert(Sweep sweep) {
        transaction.state().sweeps.put(sweep.resourceId(), sweep);
    }

    /** Finds only: a transaction holds the store's single lock from its start. */
    @Override
    public Optional<Sweep> lockNext() {
        return transaction.state().sweeps.values().stream().findAny();
    }

    @Override
    public void delete(Sweep sweep) {
        transaction.state().sweeps.remove(sweep.resourceId());
    }
}
