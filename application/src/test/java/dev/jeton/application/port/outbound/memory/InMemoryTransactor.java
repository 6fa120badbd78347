package dev.jeton.application.port.outbound.memory;

import dev.jeton.application.port.outbound.Repositories;
import dev.jeton.application.port.outbound.Transactor;
import java.util.function.Function;

/** Runs transactions one after another. Thread-safe. */
final class InMemoryTransactor implements Transactor {
    private final Store store;

    InMemoryTransactor(Store store) {
        this.store = store;
    }

    @Override
    public <T> T inTransaction(Function<Repositories, T> work) {
        return store.change(state -> {
            Transaction transaction = new Transaction(state);
            try {
                T result = work.apply(new InMemoryRepositories(transaction));
                transaction.requireNotFailed();
                return result;
            } finally {
                transaction.end();
            }
        });
    }
}
