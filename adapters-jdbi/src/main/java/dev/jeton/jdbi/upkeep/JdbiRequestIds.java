package dev.jeton.jdbi.upkeep;

import dev.jeton.application.port.outbound.RequestIds;
import dev.jeton.jdbi.sql.Transactions;
import java.time.Instant;

/** Table {@code request_ids}, across tenants. Thread-safe. */
final class JdbiRequestIds implements RequestIds {
    private final Transactions transactions;

    JdbiRequestIds(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public void removeBefore(Instant time) {
        new BatchedDelete(transactions, """
                        DELETE FROM request_ids r
                        USING (
                            SELECT tenant_id, user_id, operation, request_id FROM request_ids
                            WHERE create_time < :time
                            ORDER BY create_time
                            LIMIT :limit
                            FOR UPDATE SKIP LOCKED) old
                        WHERE r.tenant_id = old.tenant_id AND r.user_id = old.user_id
                          AND r.operation = old.operation AND r.request_id = old.request_id
                        """).olderThan(time);
    }
}
