package dev.jeton.jdbi;

import dev.jeton.application.port.outbound.TokenLookup.TokenKey;
import dev.jeton.application.port.outbound.UsageLog;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Table {@code token_usage}. Thread-safe. */
final class JdbiUsageLog implements UsageLog {
    private final JdbiTransactor transactor;

    JdbiUsageLog(JdbiTransactor transactor) {
        this.transactor = transactor;
    }

    @Override
    public void record(Map<TokenKey, Instant> lastUsed) {
        if (!lastUsed.isEmpty()) {
            transactor.withHandle(handle -> {
                insertFirstUses(handle, lastUsed);
                return updateLaterUses(handle, lastUsed);
            });
        }
    }

    /** Keeps the tokens from being deleted meanwhile; locks them in the order of their keys, as everybody does. */
    private static int insertFirstUses(Handle handle, Map<TokenKey, Instant> lastUsed) {
        return execute(handle, lastUsed, """
                INSERT INTO token_usage (tenant_id, token_id, last_used_time)
                SELECT used.tenant_id, used.token_id, used.time
                FROM unnest(:tenantIds, :tokenIds, :times) AS used (tenant_id, token_id, time)
                JOIN tokens t ON t.tenant_id = used.tenant_id AND t.token_id = used.token_id
                WHERE NOT EXISTS (
                    SELECT FROM token_usage u WHERE u.tenant_id = used.tenant_id AND u.token_id = used.token_id)
                ORDER BY used.tenant_id, used.token_id
                FOR KEY SHARE OF t
                ON CONFLICT DO NOTHING
                """);
    }

    /** After the inserts: if another replica came first with one of those, its time may be the earlier. */
    private static int updateLaterUses(Handle handle, Map<TokenKey, Instant> lastUsed) {
        return execute(handle, lastUsed, """
                UPDATE token_usage u SET last_used_time = later.time
                FROM (
                    SELECT used.tenant_id, used.token_id, used.time
                    FROM unnest(:tenantIds, :tokenIds, :times) AS used (tenant_id, token_id, time)
                    JOIN token_usage l ON l.tenant_id = used.tenant_id AND l.token_id = used.token_id
                    WHERE l.last_used_time < used.time
                    ORDER BY used.tenant_id, used.token_id
                    FOR NO KEY UPDATE OF l) later
                WHERE u.tenant_id = later.tenant_id AND u.token_id = later.token_id AND u.last_used_time < later.time
                """);
    }

    private static int execute(Handle handle, Map<TokenKey, Instant> lastUsed, String sql) {
        return handle.createUpdate(sql)
                .bind(
                        "tenantIds",
                        lastUsed.keySet().stream()
                                .map(key -> key.tenantId().value())
                                .toArray(UUID[]::new))
                .bind(
                        "tokenIds",
                        lastUsed.keySet().stream()
                                .map(key -> key.tokenId().value())
                                .toArray(UUID[]::new))
                .bind("times", lastUsed.values().toArray(Instant[]::new))
                .execute();
    }
}
