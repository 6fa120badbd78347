package dev.jeton.application.port.outbound;

import java.time.Instant;

/**
 * What was changed lately, kept so that servers which hold what they have read can follow. They do without what is removed: they read anew.
 * Thread-safe.
 */
public interface ChangeRecords {

    /** Removes those older than {@code time}. DATABASE_UNAVAILABLE when the store does not answer. */
    void removeBefore(Instant time);
}
