package dev.jeton.jdbi.upkeep;

import dev.jeton.application.port.outbound.ChangeRecords;
import dev.jeton.jdbi.sql.Transactions;
import java.time.Instant;

/** Table {@code tenant_changes}, across tenants. Thread-safe. */
final class JdbiChangeRecords implements ChangeRecords {
    private final Transactions transactions;

    JdbiChangeRecords(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public void removeBefore(Instant time) {
        new BatchedDelete(transactions, """
                        DELETE FROM tenant_changes c
                        USING (
                            SELECT tenant_id, number FROM tenant_changes
                            WHERE create_time < :time
                            ORDER BY create_time
                            LIMIT :limit
                            FOR UPDATE SKIP LOCKED) old
                        WHERE c.tenant_id = old.tenant_id AND c.number = old.number
                        """).olderThan(time);
    }
}
