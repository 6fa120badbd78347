package dev.jeton.jdbi.sql;

import dev.jeton.application.page.PageRequest;
import java.util.UUID;

/** Where a page of a list by descending id begins, and how many rows to fetch for it. */
public final class Keyset {
    /** No id is higher: those of version 7 never have all bits set. */
    private static final UUID END = new UUID(-1, -1);

    private Keyset() {}

    /** All ids of the page are lower. */
    public static UUID before(PageRequest page) {
        return page.after() == null ? END : page.after().lastId();
    }

    /** One more than the page has, to see whether another follows. */
    public static int limit(PageRequest page) {
        return page.size() + 1;
    }
}
