package dev.jeton.application.port.outbound.memory;

import dev.jeton.application.page.Page;
import dev.jeton.application.page.PageRequest;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;

/** Selects a page from all items. */
final class Paging {
    /** Compares bytes as PostgreSQL does; java.util.UUID compares signed halves. */
    static final Comparator<UUID> BY_BYTES = Comparator.comparing(UUID::toString);

    private Paging() {}

    static <T> List<T> newest(Stream<T> all, int limit, Function<T, UUID> id) {
        return all.sorted(Comparator.comparing(id, BY_BYTES.reversed()))
                .limit(limit)
                .toList();
    }

    static <T> Page<T> descending(Stream<T> all, PageRequest request, Function<T, UUID> id) {
        return Page.cut(
                all.filter(item -> request.after() == null
                                || BY_BYTES.compare(
                                                id.apply(item), request.after().lastId())
                                        < 0)
                        .sorted(Comparator.comparing(id, BY_BYTES.reversed()))
                        .limit(request.size() + 1L)
                        .toList(),
                request,
                id);
    }
}
