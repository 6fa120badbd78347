package dev.jeton.jdbi.management;

import dev.jeton.application.port.outbound.RequestLog;
import dev.jeton.jdbi.sql.Columns;
import dev.jeton.jdbi.sql.Parameters;
import dev.jeton.jdbi.sql.PostgresErrors;
import dev.jeton.jdbi.sql.TenantScope;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Table {@code request_ids}. A key is claimed by a row that names no resource yet, which nobody else sees. */
final class JdbiRequestLog implements RequestLog {
    /** Waits for a concurrent claim of the same key to commit or roll back. */
    private static final String CLAIM = """
            INSERT INTO request_ids (tenant_id, user_id, operation, request_id, body_digest, resource_id, create_time)
            VALUES (:tenantId, :userId, :operation, :requestId, '', :claim, now())
            ON CONFLICT DO NOTHING""";

    private static final String FIND_LOCKED = """
            SELECT body_digest, resource_id, create_time FROM request_ids
            WHERE tenant_id = :tenantId AND user_id = :userId AND operation = :operation AND request_id = :requestId
            FOR UPDATE""";

    private static final String PUT = """
            UPDATE request_ids SET body_digest = :bodyDigest, resource_id = :resourceId, create_time = :time
            WHERE tenant_id = :tenantId AND user_id = :userId AND operation = :operation AND request_id = :requestId""";

    private final TenantScope scope;
    private final Map<Key, Claim> claims = new HashMap<>();

    JdbiRequestLog(TenantScope scope) {
        this.scope = scope;
    }

    @Override
    public void claim(Key key) {
        Claim claim = new Claim(UUID.randomUUID());
        claims.put(key, claim);
        scope.closing().add(key.tenantId(), CLAIM, values -> bind(key, values).bind("claim", claim.id));
        scope.closing().addRead(key.tenantId(), FIND_LOCKED, values -> bind(key, values), claim::read);
    }

    @Override
    public Optional<Entry> find(Key key) {
        Entry found = claimed(key).or(() -> claimedAgain(key)).orElseThrow(PostgresErrors::concurrentChange);
        return found.resourceId().equals(claims.get(key).id) ? Optional.empty() : Optional.of(found);
    }

    /** Returns the entry that the key has, or the claim itself. */
    private Optional<Entry> claimed(Key key) {
        Claim claim = claims.get(key);
        if (claim == null) {
            throw new IllegalStateException("The request id must be claimed first");
        }
        if (!scope.closing().isEmpty()) {
            scope.flushLocked(key.tenantId());
        }
        return Optional.ofNullable(claim.found);
    }

    /** An entry that kept the claim out may have been purged before it was read. */
    private Optional<Entry> claimedAgain(Key key) {
        claim(key);
        return claimed(key);
    }

    @Override
    public void put(Key key, Entry entry) {
        scope.closing().add(key.tenantId(), PUT, values -> bind(key, values)
                .bind("bodyDigest", entry.bodyDigest())
                .bind("resourceId", entry.resourceId())
                .bind("time", entry.time()));
    }

    private static Parameters bind(Key key, Parameters values) {
        return values.bind("tenantId", key.tenantId().value())
                .bind("userId", key.userId().value())
                .bind("operation", key.operation())
                .bind("requestId", key.requestId());
    }

    private static final class Claim {
        final UUID id;

        @Nullable Entry found;

        Claim(UUID id) {
            this.id = id;
        }

        void read(ResultSet row) throws SQLException {
            found = new Entry(
                    row.getString("body_digest"),
                    Columns.uuid(row, "resource_id"),
                    Columns.instant(row, "create_time"));
        }
    }
}
