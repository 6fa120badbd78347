package dev.jeton.jdbi.sql;

import dev.jeton.application.page.Cursor;
import dev.jeton.application.page.Page;
import dev.jeton.application.page.PageRequest;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.Query;

/**
 * Reads one page of rows that an index returns in order and that must also meet a condition that no index covers. One page reads at most
 * {@value #MAX_ROWS} rows: it then ends early, with a cursor, however few it found. So no filter makes a call run into its time limit.
 */
public final class BoundedScan {
    public static final int MAX_ROWS = 10_000;

    private BoundedScan() {}

    /**
     * Returns the statement. It needs the parameters {@code limit} and those of its parts.
     *
     * @param columns of {@code alias}
     * @param ordered selects {@code alias.*} by the index, in order, without a limit
     * @param condition on {@code alias}
     * @param order of {@code alias}; the one of {@code ordered}
     */
    public static String sql(String alias, String columns, String ordered, String condition, String order) {
        return """
               SELECT %2$s, %1$s.hit, %1$s.place FROM (
                   SELECT %1$s.*, (%4$s) AS hit, row_number() OVER () AS place FROM (
                       %3$s
                       LIMIT %6$s) %1$s
                   ORDER BY %5$s) %1$s
               WHERE %1$s.hit OR %1$s.place = %6$s
               ORDER BY %5$s
               LIMIT :limit
               """.formatted(alias, columns, ordered, condition, order, MAX_ROWS);
    }

    /** Executes the statement. The query must be bound. */
    public static <T> Page<T> run(Query query, RowMapper<T> rows, PageRequest request, Function<T, UUID> id) {
        Page<Row<T>> read = Pages.read(
                query,
                (row, context) ->
                        new Row<>(rows.map(row, context), row.getBoolean("hit"), row.getLong("place") == MAX_ROWS),
                request,
                row -> id.apply(row.item()));
        List<T> hits = read.items().stream().filter(Row::hit).map(Row::item).toList();
        if (read.next() != null || read.items().isEmpty()) {
            return new Page<>(hits, read.next());
        }
        Row<T> last = read.items().get(read.items().size() - 1);
        return new Page<>(hits, last.last() ? new Cursor(id.apply(last.item())) : null);
    }

    /** @param last whether the scan ends here although more rows may follow */
    private record Row<T>(T item, boolean hit, boolean last) {}
}
