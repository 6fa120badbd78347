package dev.jeton.jdbi.sql;

import dev.jeton.application.page.PageRequest;
import java.util.UUID;

/** Bounds of one page of a list ordered by descending id. */
public final class Keyset {
    /** Above every id: no UUID of version 7 has all bits set. */
    private static final UUID END = new UUID(-1, -1);

    private Keyset() {}

    /** All ids of the page are lower than this. */
    public static UUID before(PageRequest page) {
        return page.after() == null ? END : page.after().lastId();
    }

    /** One more than the page holds, to see whether another follows. */
    public static int limit(PageRequest page) {
        return page.size() + 1;
    }
}
