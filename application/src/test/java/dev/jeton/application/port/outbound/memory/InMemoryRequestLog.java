package dev.jeton.application.port.outbound.memory;

import dev.jeton.application.port.outbound.RequestLog;
import java.util.Optional;

/** The request log of one transaction. */
final class InMemoryRequestLog implements RequestLog {
    private final Transaction transaction;

    InMemoryRequestLog(Transaction transaction) {
        this.transaction = transaction;
    }

    /** Does nothing: a transaction holds the store's single lock from its start. */
    @Override
    public void claim(Key key) {}

    @Override
    public Optional<Entry> find(Key key) {
        return Optional.ofNullable(transaction.state().requests.get(key));
    }

    @Override
    public void put(Key key, Entry entry) {
        transaction.state().requests.put(key, entry);
    }
}
