package dev.jeton.application.token;

import dev.jeton.application.port.outbound.TokenLookup.TokenKey;
import dev.jeton.application.port.outbound.UsageLog;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Holds when tokens were last used until it is written down: one entry for each token, however often it is used. Thread-safe. */
public final class UsageBuffer {
    /** Two uses within this count as one, so that a busy token does not make its verifications wait for each other. */
    private static final Duration RESOLUTION = Duration.ofSeconds(1);

    private final Map<TokenKey, Instant> latest = new ConcurrentHashMap<>();

    public void used(TokenKey token, Instant time) {
        Instant known = latest.get(token);
        if (known == null || known.plus(RESOLUTION).isBefore(time)) {
            latest.merge(token, time, UsageBuffer::later);
        }
    }

    /** Hands everything to {@code log}; keeps it for the next time if that fails. */
    public void writeTo(UsageLog log) {
        Map<TokenKey, Instant> batch = new HashMap<>();
        for (TokenKey token : latest.keySet()) {
            Instant time = latest.remove(token);
            if (time != null) {
                batch.put(token, time);
            }
        }
        if (batch.isEmpty()) {
            return;
        }
        try {
            log.record(batch);
        } catch (RuntimeException failure) {
            batch.forEach((token, time) -> latest.merge(token, time, UsageBuffer::later));
            throw failure;
        }
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
