package dev.jeton.jdbi.upkeep;

import dev.jeton.application.port.outbound.Tombstones;
import dev.jeton.jdbi.sql.Transactions;
import java.time.Instant;

/** Table {@code deleted_tokens}, across tenants. Thread-safe. */
final class JdbiTombstones implements Tombstones {
    private final Transactions transactions;

    JdbiTombstones(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public void removeBefore(Instant time) {
        new BatchedDelete(transactions, """
                        DELETE FROM deleted_tokens d
                        USING (
                            SELECT tenant_id, token_id FROM deleted_tokens
                            WHERE delete_time < :time
                            ORDER BY delete_time
                            LIMIT :limit
                            FOR UPDATE SKIP LOCKED) old
                        WHERE d.tenant_id = old.tenant_id AND d.token_id = old.token_id
                        """).olderThan(time);
    }
}
