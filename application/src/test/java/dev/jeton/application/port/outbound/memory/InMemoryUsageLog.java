package dev.jeton.application.port.outbound.memory;

import dev.jeton.application.port.outbound.TokenLookup.TokenKey;
import dev.jeton.application.port.outbound.UsageLog;
import dev.jeton.application.port.outbound.memory.State.StoredToken;
import java.time.Instant;
import java.util.Map;

/** Stores last-used times in the tokens. Thread-safe. */
final class InMemoryUsageLog implements UsageLog {
    private final Store store;

    InMemoryUsageLog(Store store) {
        this.store = store;
    }

    @Override
    public void record(Map<TokenKey, Instant> lastUsed) {
        store.change(state -> {
            lastUsed.forEach((key, time) -> state.tokens.computeIfPresent(
                    key, (same, stored) -> new StoredToken(TokenRows.used(stored.token(), time), stored.digest())));
            return lastUsed;
        });
    }
}
