package dev.jeton.application.page;

import org.jspecify.annotations.Nullable;

/**
 * Which part of a list is wanted.
 *
 * @param size 1 to {@link #MAX_SIZE}
 * @param after null: from the beginning
 */
public record PageRequest(int size, @Nullable Cursor after) {
    public static final int DEFAULT_SIZE = 50;
    public static final int MAX_SIZE = 1000;

    public PageRequest {
        if (size < 1 || size > MAX_SIZE) {
            throw new IllegalArgumentException("A page has 1 to %d items, not %d".formatted(MAX_SIZE, size));
        }
    }

    public static PageRequest first(int size) {
        return new PageRequest(size, null);
    }
}
