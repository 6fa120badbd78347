package dev.jeton.jdbi;

import dev.jeton.application.port.outbound.ChangeRecords;
import java.time.Instant;

/** Table {@code tenant_changes}, across tenants. Thread-safe. */
final class JdbiChangeRecords implements ChangeRecords {
    private final JdbiTransactor transactor;

    JdbiChangeRecords(JdbiTransactor transactor) {
        this.transactor = transactor;
    }

    @Override
    public void removeBefore(Instant time) {
        new SlicedRemoval(transactor, """
                        DELETE FROM tenant_changes c
                        USING (
                            SELECT tenant_id, number FROM tenant_changes
                            WHERE create_time < :time
                            ORDER BY create_time
                            LIMIT :limit
                            FOR UPDATE SKIP LOCKED) old
                        WHERE c.tenant_id = old.tenant_id AND c.number = old.number
                        """).before(time);
    }
}
