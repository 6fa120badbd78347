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
    private @Nullable JetonException failure;
    private boolean ended;

    Transaction(State state) {
        this.state = state;
    }

    State state() {
        if (ended || Thread.currentThread() != thread) {
            throw new IllegalStateException("Repositories are valid only inside their work");
        }
        requireNotFailed();
        return state;
    }

    /** Marks the transaction as failed. */
    <E extends JetonException> E fail(E reason) {
        failure = reason;
        return reason;
    }

    /** @param stored null if the row is gone */
    void requireNext(@Nullable Revision stored, Revision next) {
        if (stored == null || stored.version() != next.version() - 1) {
            throw fail(new Conflict(ErrorReason.CONCURRENT_CHANGE, "Another transaction changed it first."));
        }
    }

    void requireNotFailed() {
        if (failure != null) {
            throw new IllegalStateException("The transaction has failed and can only roll back", failure);
        }
    }

    void end() {
        ended = true;
    }
}
