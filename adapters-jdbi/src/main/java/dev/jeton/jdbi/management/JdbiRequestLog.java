package dev.jeton.jdbi.management;

import dev.jeton.application.port.outbound.RequestLog;
import dev.jeton.jdbi.sql.Columns;
import dev.jeton.jdbi.sql.PostgresErrors;
import dev.jeton.jdbi.sql.TenantScope;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.statement.SqlStatement;

/** Table {@code request_ids}. */
final class JdbiRequestLog implements RequestLog {
    private final TenantScope scope;

    JdbiRequestLog(TenantScope scope) {
        this.scope = scope;
    }

    /** The insert waits for a concurrent insert of the same key to commit or roll back. */
    @Override
    public Optional<Entry> putIfAbsent(Key key, Entry entry, Instant expiredBefore) {
        if (insert(key, entry)) {
            return Optional.empty();
        }
        Optional<Entry> earlier = lock(key);
        if (earlier.isEmpty()) {
            // Purged in between.
            if (insert(key, entry)) {
                return Optional.empty();
            }
            throw PostgresErrors.concurrentChange();
        }
        if (earlier.get().time().isBefore(expiredBefore)) {
            replace(key, entry);
            return Optional.empty();
        }
        return earlier;
    }

    private boolean insert(Key key, Entry entry) {
        return bind(key, scope.update(key.tenantId(), """
                        INSERT INTO request_ids (
                            tenant_id, user_id, operation, request_id, body_digest, resource_id, create_time)
                        VALUES (:tenantId, :userId, :operation, :requestId, :bodyDigest, :resourceId, :time)
                        ON CONFLICT DO NOTHING
                        """)).bindMethods(entry).execute() == 1;
    }

    private Optional<Entry> lock(Key key) {
        return bind(key, scope.query(key.tenantId(), """
                        SELECT body_digest, resource_id, create_time FROM request_ids
                        WHERE tenant_id = :tenantId AND user_id = :userId AND operation = :operation
                          AND request_id = :requestId
                        FOR UPDATE
                        """))
                .map((row, context) -> new Entry(
                        row.getString("body_digest"),
                        row.getObject("resource_id", UUID.class),
                        Columns.instant(row, "create_time")))
                .findOne();
    }

    private void replace(Key key, Entry entry) {
        bind(key, scope.update(key.tenantId(), """
                        UPDATE request_ids
                        SET body_digest = :bodyDigest, resource_id = :resourceId, create_time = :time
                        WHERE tenant_id = :tenantId AND user_id = :userId AND operation = :operation
                          AND request_id = :requestId
                        """)).bindMethods(entry).execute();
    }

    private static <S extends SqlStatement<S>> S bind(Key key, S statement) {
        return statement
                .bind("tenantId", key.tenantId().value())
                .bind("userId", key.userId().value())
                .bind("operation", key.operation())
                .bind("requestId", key.requestId());
    }
}
