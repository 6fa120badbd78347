package dev.jeton.jdbi.upkeep;

import dev.jeton.jdbi.sql.Transactions;
import java.time.Instant;

/** Deletes old rows in batches, so that each statement is short. Thread-safe. */
final class BatchedDelete {
    private static final int BATCH_SIZE = 10_000;

    private final Transactions transactions;
    private final String sql;

    /** @param sql deletes at most {@code :limit} rows older than {@code :time} */
    BatchedDelete(Transactions transactions, String sql) {
        this.transactions = transactions;
        this.sql = sql;
    }

    void olderThan(Instant time) {
        int deleted;
        do {
            deleted = transactions.run(handle -> handle.createUpdate(sql)
                    .bind("time", time)
                    .bind("limit", BATCH_SIZE)
                    .execute());
        } while (deleted == BATCH_SIZE);
    }
}
