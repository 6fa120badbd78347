package dev.jeton.application.port.outbound;

import java.time.Instant;

/** Purges request ids across tenants; see {@link RequestLog}. Thread-safe. */
public interface RequestIds {

    /** Removes entries older than {@code time}. Fails with DATABASE_UNAVAILABLE if the store does not answer. */
    void removeBefore(Instant time);
}
