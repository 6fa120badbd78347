package dev.jeton.application.port.outbound;

import java.time.Instant;

/**
 * Recent changes, kept so that replicas can update their caches. A replica that misses removed records reloads everything. Thread-safe.
 */
public interface ChangeRecords {

    /** Removes records older than {@code time}. Fails with DATABASE_UNAVAILABLE if the store does not answer. */
    void removeBefore(Instant time);
}
