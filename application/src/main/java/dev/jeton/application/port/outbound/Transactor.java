package dev.jeton.application.port.outbound;

import java.util.function.Function;

/**
 * The only way to the repositories: a write outside a transaction cannot be written down. Thread-safe.
 */
public interface Transactor {

    /**
     * Runs {@code work} in one transaction: commits when it returns, rolls back when it throws, and lets what it threw through. The
     * result is handed out only after the commit is durable. May run the work again after a serialization failure, so it must have no
     * other effects; CONCURRENT_CHANGE when that has not helped. DATABASE_UNAVAILABLE when the store does not answer.
     */
    <T> T inTransaction(Function<Repositories, T> work);
}
