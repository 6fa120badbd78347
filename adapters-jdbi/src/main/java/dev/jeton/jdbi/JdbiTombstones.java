package dev.jeton.jdbi;

import dev.jeton.application.port.outbound.Tombstones;
import java.time.Instant;

/** Table {@code deleted_tokens}, across tenants. Thread-safe. */
final class JdbiTombstones implements Tombstones {
    private final JdbiTransactor transactor;

    JdbiTombstones(JdbiTransactor transactor) {
        this.transactor = transactor;
    }

    @Override
    public void removeBefore(Instant time) {
        new SlicedRemoval(transactor, """
                        DELETE FROM deleted_tokens d
                        USING (
                            SELECT tenant_id, token_id FROM deleted_tokens
                            WHERE delete_time < :time
                            ORDER BY delete_time
                            LIMIT :limit
                            FOR UPDATE SKIP LOCKED) old
                        WHERE d.tenant_id = old.tenant_id AND d.token_id = old.token_id
                        """).before(time);
    }
}
