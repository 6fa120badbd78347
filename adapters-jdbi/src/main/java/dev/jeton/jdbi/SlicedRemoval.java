package dev.jeton.jdbi;

import java.time.Instant;

/** Removes old rows in slices, so that no statement takes long however many there are. Thread-safe. */
final class SlicedRemoval {
    private static final int SLICE = 10_000;

    private final JdbiTransactor transactor;
    private final String sql;

    /** @param sql removes at most {@code :limit} of the rows that are older than {@code :time} */
    SlicedRemoval(JdbiTransactor transactor, String sql) {
        this.transactor = transactor;
        this.sql = sql;
    }

    void before(Instant time) {
        int removed;
        do {
            removed = transactor.withHandle(handle -> handle.createUpdate(sql)
                    .bind("time", time)
                    .bind("limit", SLICE)
                    .execute());
        } while (removed == SLICE);
    }
}
