package dev.jeton.application.port.outbound;

import dev.jeton.application.port.outbound.TokenLookup.TokenKey;
import java.time.Instant;
import java.util.Map;

/** When tokens were last used. Thread-safe. */
public interface UsageLog {

    /**
     * Remembers the latest time for each token; an earlier one than what is remembered changes nothing, a token that does not exist (any
     * more) is passed over. A token's revision is not touched. DATABASE_UNAVAILABLE when the store does not answer.
     */
    void record(Map<TokenKey, Instant> lastUsed);
}
