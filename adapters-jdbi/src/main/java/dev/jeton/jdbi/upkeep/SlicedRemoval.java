package dev.jeton.jdbi.upkeep;

import dev.jeton.jdbi.sql.Transactions;
import java.time.Instant;

/** Removes old rows in slices, so that no statement takes long however many there are. Thread-safe. */
final class SlicedRemoval {
    private static final int SLICE = 10_000;

    private final Transactions transactions;
    private final String sql;

    /** @param sql removes at most {@code :limit} of the rows that are older than {@code :time} */
    SlicedRemoval(Transactions transactions, String sql) {
        this.transactions = transactions;
        this.sql = sql;
    }

    void before(Instant time) {
        int removed;
        do {
            removed = transactions.run(handle -> handle.createUpdate(sql)
                    .bind("time", time)
                    .bind("limit", SLICE)
                    .execute());
        } while (removed == SLICE);
    }
}
