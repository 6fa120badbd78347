package dev.jeton.jdbi.verification;

import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Gives one instance for all equal values, so that what many have in common is held once. It knows a few thousand values at most: of those
 * that fall together, the latest. Thread-safe.
 *
 * @param <T> immutable
 */
final class Interner<T> {
    private static final int SIZE = 4_096;

    private final AtomicReferenceArray<T> known = new AtomicReferenceArray<>(SIZE);

    /** An instance that equals {@code value}. */
    T intern(T value) {
        int hash = value.hashCode();
        int place = (hash ^ hash >>> 16) & SIZE - 1;
        T held = known.get(place);
        if (value.equals(held)) {
            return held;
        }
        known.set(place, value);
        return value;
    }
}
