package dev.jeton.application.port.outbound;

import java.util.function.Function;

/** Runs transactions; the only way to obtain repositories. Thread-safe. */
public interface Transactor {

    /**
     * Runs {@code work} in one transaction. Commits when it returns; rolls back and rethrows when it throws. Returns only after the commit is
     * durable. May rerun the work after a serialization failure, so the work must have no other side effects. Fails with
     * CONCURRENT_CHANGE if the retries fail too, or DATABASE_UNAVAILABLE if the store does not answer.
     */
    <T> T inTransaction(Function<Repositories, T> work);

    /**
     * Runs {@code work} that neither locks nor writes. Each of its reads may see later commits than the one before. May rerun the work. Fails
     * with DATABASE_UNAVAILABLE if the store does not answer.
     */
    default <T> T read(Function<Repositories, T> work) {
        return inTransaction(work);
    }
}
