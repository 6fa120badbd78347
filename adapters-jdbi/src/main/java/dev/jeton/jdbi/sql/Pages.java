package dev.jeton.jdbi.sql;

import dev.jeton.application.page.Cursor;
import dev.jeton.application.page.Page;
import dev.jeton.application.page.PageRequest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * Reads pages through a cursor of the database, so that a page of large rows never is in memory as a whole. Most pages take one round trip.
 */
public final class Pages {
    /** Rows of the first round trip: a page of the default size, and one row to see whether another follows. */
    private static final int FIRST_FETCH = PageRequest.DEFAULT_SIZE + 1;

    private static final int ALL = 0;

    private static final int BYTES_PER_COLUMN = 4;

    private Pages() {}

    /** Whether the first round trip reads the whole page. */
    static boolean isReadAtOnce(PageRequest page) {
        return page.size() < FIRST_FETCH;
    }

    /**
     * Reads a page, and ends it before the row that would make it exceed {@link PageRequest#MAX_BYTES} as the database sends it. Reads at least
     * one row.
     *
     * @param query for this page, limited by {@link Keyset#limit}; in a transaction, else the driver reads all rows at once
     * @param id returns the sort key of an item
     */
    public static <T> Page<T> read(Query query, RowMapper<T> mapper, PageRequest page, Function<T, UUID> id) {
        return query.setFetchSize(isReadAtOnce(page) ? ALL : FIRST_FETCH)
                .scanResultSet((rows, context) -> read(rows.get(), context, mapper, page, id));
    }

    private static <T> Page<T> read(
            ResultSet rows, StatementContext context, RowMapper<T> mapper, PageRequest page, Function<T, UUID> id)
            throws SQLException {
        List<T> items = new ArrayList<>();
        long bytes = 0;
        while (rows.next()) {
            long withRow = bytes + bytes(rows);
            if (items.size() == page.size() || withRow > PageRequest.MAX_BYTES && !items.isEmpty()) {
                return new Page<>(items, new Cursor(id.apply(items.get(items.size() - 1))));
            }
            bytes = withRow;
            items.add(mapper.map(rows, context));
            long average = bytes / items.size() + 1;
            rows.setFetchSize((int) ((PageRequest.MAX_BYTES - Math.min(bytes, PageRequest.MAX_BYTES)) / average) + 1);
        }
        return new Page<>(items, null);
    }

    /** The size of a row as the database sent it. The driver does not copy it for that. */
    private static long bytes(ResultSet row) throws SQLException {
        int columns = row.getMetaData().getColumnCount();
        long bytes = 0;
        for (int column = 1; column <= columns; column++) {
            byte[] value = row.getBytes(column);
            bytes += BYTES_PER_COLUMN + (value == null ? 0 : value.length);
        }
        return bytes;
    }
}
