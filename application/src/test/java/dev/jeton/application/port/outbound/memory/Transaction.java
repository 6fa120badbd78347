package dev.jeton.application.port.outbound.memory;

import dev.jeton.domain.error.Conflict;
import dev.jeton.domain.error.ErrorReason;
import dev.jeton.domain.error.JetonException;
import dev.jeton.domain.resource.Revision;
import org.jspecify.annotations.Nullable;

/**
 * Guards the state: it is accessible only from the transaction's thread, until the work returns and, as in PostgreSQL, until a
 * repository throws.
 */
final class Transaction {
    private final State state;
    private final Thread thread = Thread.currentThread();
    private @Nullable JetonException refused;
    private boolean ended;

    Transaction(State state) {
        this.state = state;
    }

    State state() {
        if (ended || Thread.currentThread() != thread) {
            throw new IllegalStateException("Repositories are valid inside their work only");
        }
        requireUnbroken();
        return state;
    }

    /** Marks the transaction as failed. */
    <E extends JetonException> E refuse(E reason) {
        refused = reason;
        return reason;
    }

    /** @param stored null if the row is gone */
    void requireNext(@Nullable Revision stored, Revision next) {
        if (stored == null || stored.version() != next.version() - 1) {
            throw refuse(new Conflict(ErrorReason.CONCURRENT_CHANGE, "Somebody else changed it first."));
        }
    }

    void requireUnbroken() {
        if (refused != null) {
            throw new IllegalStateException("The transaction must be rolled back", refused);
        }
    }

    void end() {
        ended = true;
    }
}
