package dev.jeton.jdbi.sql;

import dev.jeton.application.page.PageRequest;
import java.util.UUID;

/** Bounds of one page of a list ordered by descending id. */
public final class Keyset {
    /** Above every id: no UUID of version 7 has all bits set. */
    private static final UUID END = new UUID(-1, -1);

    private Keyset() {}

    /** Returns an id above all ids of the page. */
    public static UUID before(PageRequest page) {
        return page.after() == null ? END : page.after().lastId();
    }

    /** Returns one more than the page size, to see whether another page follows. */
    public static int limit(PageRequest page) {
        return page.size() + 1;
    }
}
