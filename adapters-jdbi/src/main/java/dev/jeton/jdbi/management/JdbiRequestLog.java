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

    private static final String INSERT = """
            INSERT INTO request_ids (tenant_id, user_id, operation, request_id, body_digest, resource_id, create_time)
            VALUES (:tenantId, :userId, :operation, :requestId, :bodyDigest, :resourceId, :time)
            ON CONFLICT DO NOTHING""";

    private static final String FIND_LOCKED = """
            SELECT body_digest, resource_id, create_time FROM request_ids
            WHERE tenant_id = :tenantId AND user_id = :userId AND operation = :operation AND request_id = :requestId
            FOR UPDATE
            """;

    /** The insert waits for a concurrent insert of the same key to commit or roll back. */
    @Override
    public Optional<Entry> putIfAbsent(Key key, Entry entry, Instant expiredBefore) {
        Entry stored = insertOrFind(key, entry)
                .or(() -> insertOrFind(key, entry)) // Purged in between.
                .orElseThrow(PostgresErrors::concurrentChange);
        if (stored.resourceId().equals(entry.resourceId())) {
            return Optional.empty();
        }
        if (stored.time().isBefore(expiredBefore)) {
            replace(key, entry);
            return Optional.empty();
        }
        return Optional.of(stored);
    }

    /** Returns the entry that the key then has. */
    private Optional<Entry> insertOrFind(Key key, Entry entry) {
        return bind(key, scope.queryLocked(key.tenantId(), FIND_LOCKED, INSERT))
                .bindMethods(entry)
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
