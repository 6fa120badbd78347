package dev.jeton.application.page;

import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list.
 *
 * @param next where the next page begins; null if this is the last
 */
public record Page<T>(List<T> items, @Nullable Cursor next) {

    public Page {
        items = List.copyOf(items);
    }

    /**
     * Cuts a page out of what a store found when it looked for one item more than {@code request} asks for.
     *
     * @param id the key that the list is sorted by
     */
    public static <T> Page<T> cut(List<T> found, PageRequest request, Function<T, UUID> id) {
        if (found.size() <= request.size()) {
            return new Page<>(found, null);
        }
        List<T> items = found.subList(0, request.size());
        return new Page<>(items, new Cursor(id.apply(items.get(items.size() - 1))));
    }

    public <R> Page<R> map(Function<? super T, ? extends R> function) {
        return new Page<>(items.stream().<R>map(function).toList(), next);
    }
}
