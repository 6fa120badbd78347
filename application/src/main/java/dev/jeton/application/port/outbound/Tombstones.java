package dev.jeton.application.port.outbound;

import java.time.Instant;

/** The traces of deleted tokens, across tenants. Thread-safe. */
public interface Tombstones {

    /** Removes those older than {@code time}. DATABASE_UNAVAILABLE when the store does not answer. */
    void removeBefore(Instant time);
}
