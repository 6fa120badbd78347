package dev.jeton.application.port.outbound.memory;

import dev.jeton.application.port.outbound.RequestLog;
import java.time.Instant;
import java.util.Optional;

/** The remembered creates of one transaction's state. */
final class InMemoryRequestLog implements RequestLog {
    private final Transaction transaction;

    InMemoryRequestLog(Transaction transaction) {
        this.transaction = transaction;
    }

    @Override
    public Optional<Entry> remember(Key key, Entry entry, Instant forgottenBefore) {
        State state = transaction.state();
        Entry earlier = state.requests.get(key);
        if (earlier != null && !earlier.time().isBefore(forgottenBefore)) {
            return Optional.of(earlier);
        }
        state.requests.put(key, entry);
        return Optional.empty();
    }
}
