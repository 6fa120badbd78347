package dev.jeton.jdbi;

import dev.jeton.application.port.outbound.RequestIds;
import java.time.Instant;

/** Table {@code request_ids}, across tenants. Thread-safe. */
final class JdbiRequestIds implements RequestIds {
    private static final int SLICE = 10_000;

    private final JdbiTransactor transactor;

    JdbiRequestIds(JdbiTransactor transactor) {
        this.transactor = transactor;
    }

    /** In slices, so that no statement takes long however many there are. */
    @Override
    public void removeBefore(Instant time) {
        int removed;
        do {
            removed = removeSlice(time);
        } while (removed == SLICE);
    }

    private int removeSlice(Instant time) {
        return transactor.withHandle(handle ->
                handle.createUpdate("""
                        DELETE FROM request_ids r
                        USING (
                            SELECT tenant_id, user_id, operation, request_id FROM request_ids
                            WHERE create_time < :time
                            ORDER BY create_time
                            LIMIT :limit
                            FOR UPDATE SKIP LOCKED) old
                        WHERE r.tenant_id = old.tenant_id AND r.user_id = old.user_id
                          AND r.operation = old.operation AND r.request_id = old.request_id
                        """).bind("time", time).bind("limit", SLICE).execute());
    }
}
