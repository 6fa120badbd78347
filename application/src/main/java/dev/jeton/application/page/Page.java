package dev.jeton.application.page;

import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list.
 *
 * @param next the cursor of the next page; null if this is the last
 */
public record Page<T>(List<T> items, @Nullable Cursor next) {

    public Page {
        items = List.copyOf(items);
    }

    /**
     * Creates a page from a query result that holds up to one item more than {@code request} asks for.
     *
     * @param id returns the sort key of an item
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
