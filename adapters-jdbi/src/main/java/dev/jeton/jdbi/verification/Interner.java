package dev.jeton.jdbi.verification;

import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Returns one instance for equal values, so that shared values are held once. Remembers a few thousand values; a later one replaces an
 * earlier one in the same slot. Thread-safe.
 *
 * @param <T> immutable
 */
final class Interner<T> {
    private static final int SIZE = 4_096;

    private final AtomicReferenceArray<T> slots = new AtomicReferenceArray<>(SIZE);

    /** Returns an instance equal to {@code value}. */
    T intern(T value) {
        int hash = value.hashCode();
        int slot = (hash ^ hash >>> 16) & SIZE - 1;
        T held = slots.get(slot);
        if (value.equals(held)) {
            return held;
        }
        slots.set(slot, value);
        return value;
    }
}
