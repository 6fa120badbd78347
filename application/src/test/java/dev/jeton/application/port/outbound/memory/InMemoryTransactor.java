package dev.jeton.application.port.outbound.memory;

import dev.jeton.application.port.outbound.Moment;
import dev.jeton.application.port.outbound.Repositories;
import dev.jeton.application.port.outbound.Transactor;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.function.Function;

/** Runs transactions one after another. Thread-safe. */
final class InMemoryTransactor implements Transactor {
    private final Store store;
    private final InstantSource clock;

    InMemoryTransactor(Store store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    @Override
    public <T> T inTransaction(Function<Repositories, T> work) {
        return store.change(state -> {
            Transaction transaction = new Transaction(state);
            try {
                T result = work.apply(new InMemoryRepositories(transaction, moment(state)));
                transaction.requireNotFailed();
                return result;
            } finally {
                transaction.end();
            }
        });
    }

    /** Takes the last event of all tenants, because a transaction locks them all. */
    private Moment moment(State state) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return state.events.values().stream()
                .max(Comparator.comparing(event -> event.id().value(), Paging.BY_BYTES))
                .map(last -> new Moment(last.createTime().isAfter(now) ? last.createTime() : now, last.id()))
                .orElse(new Moment(now, null));
    }
}
