package dev.jeton.application.page;

import org.jspecify.annotations.Nullable;

/**
 * Asks for one page of a list. The page may end before {@code size} rather than hold more than {@link #MAX_BYTES}; {@link Page#next} says whether
 * more follows.
 *
 * @param size 1 to {@link #MAX_SIZE}
 * @param after null: the first page
 */
public record PageRequest(int size, @Nullable Cursor after) {
    public static final int DEFAULT_SIZE = 50;
    public static final int MAX_SIZE = 1000;
    public static final int MAX_BYTES = 1 << 20;

    public PageRequest {
        if (size < 1 || size > MAX_SIZE) {
            throw new IllegalArgumentException("A page size must be 1 to %s, not %s".formatted(MAX_SIZE, size));
        }
    }

    public static PageRequest first(int size) {
        return new PageRequest(size, null);
    }
}
