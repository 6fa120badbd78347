package dev.jeton.application.port.outbound;

import java.time.Instant;

/** The remembered creates, across tenants; see {@link RequestLog}. Thread-safe. */
public interface RequestIds {

    /** Removes those older than {@code time}. DATABASE_UNAVAILABLE when the store does not answer. */
    void removeBefore(Instant time);
}
