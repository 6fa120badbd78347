package dev.jeton.application.port.outbound;

import java.time.Instant;

/** Purges the tombstones of deleted tokens, across tenants. Thread-safe. */
public interface Tombstones {

    /** Removes tombstones older than {@code time}. Fails with DATABASE_UNAVAILABLE if the store does not answer. */
    void removeBefore(Instant time);
}
