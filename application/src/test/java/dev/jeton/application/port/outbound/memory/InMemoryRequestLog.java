package dev.jeton.application.port.outbound.memory;

import dev.jeton.application.port.outbound.RequestLog;
import java.time.Instant;
import java.util.Optional;

/** The request log of one transaction. */
final class InMemoryRequestLog implements RequestLog {
    private final Transaction transaction;

    InMemoryRequestLog(Transaction transaction) {
        this.transaction = transaction;
    }

    @Override
    public Optional<Entry> putIfAbsent(Key key, Entry entry, Instant expiredBefore) {
        State state = transaction.state();
        Entry earlier = state.requests.get(key);
        if (earlier != null && !earlier.time().isBefore(expiredBefore)) {
            return Optional.of(earlier);
        }
        state.requests.put(key, entry);
        return Optional.empty();
    }
}
