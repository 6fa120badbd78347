package dev.jeton.application.port.outbound.memory;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * The committed state and the lock for changing it. A change works on a copy, which replaces the state when the change returns and is
 * discarded when it throws. Readers take no lock.
 */
final class Store {
    private final ReentrantLock lock = new ReentrantLock();
    private volatile State committed = new State();

    /** Returns the committed state; callers must not modify it. */
    State committed() {
        return committed;
    }

    <T> T change(Function<State, T> work) {
        if (lock.isHeldByCurrentThread()) {
            throw new IllegalStateException("Transactions cannot be nested");
        }
        lock.lock();
        try {
            State copy = new State(committed);
            T result = work.apply(copy);
            committed = copy;
            return result;
        } finally {
            lock.unlock();
        }
    }
}
