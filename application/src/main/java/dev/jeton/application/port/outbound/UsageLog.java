package dev.jeton.application.port.outbound;

import dev.jeton.application.port.outbound.TokenLookup.TokenKey;
import java.time.Instant;
import java.util.Map;

/** Stores last-used times. Thread-safe. */
public interface UsageLog {

    /**
     * Stores the last-used time of each token, unless a later one is stored. Skips tokens that do not exist. Does not change revisions. Fails
     * with DATABASE_UNAVAILABLE if the store does not answer.
     */
    void record(Map<TokenKey, Instant> lastUsed);
}
