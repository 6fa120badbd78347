package dev.jeton.jdbi.upkeep;

import dev.jeton.application.port.outbound.TokenLookup.TokenKey;
import dev.jeton.application.port.outbound.UsageLog;
import dev.jeton.jdbi.sql.Columns;
import dev.jeton.jdbi.sql.Transactions;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Table {@code token_usage}. Thread-safe. */
final class JdbiUsageLog implements UsageLog {
    static final Comparator<TokenKey> BY_KEY = Comparator.comparing(
                    (TokenKey key) -> key.tenantId().value())
            .thenComparing(key -> key.tokenId().value());

    /**
     * Locks the tokens against deletion, in array order. With sorting disabled, ORDER BY would make the planner scan the whole index of tokens.
     */
    static final String INSERT_FIRST_USES = """
            INSERT INTO token_usage (tenant_id, token_id, last_used_time)
            SELECT used.tenant_id, used.token_id, TIMESTAMPTZ 'epoch' + used.micros * INTERVAL '1 microsecond'
            FROM unnest(:tenantIds, :tokenIds, :micros) AS used (tenant_id, token_id, micros)
            JOIN tokens t ON t.tenant_id = used.tenant_id AND t.token_id = used.token_id
            WHERE NOT EXISTS (
                SELECT FROM token_usage u WHERE u.tenant_id = used.tenant_id AND u.token_id = used.token_id)
            FOR KEY SHARE OF t
            ON CONFLICT DO NOTHING
            """;

    static final String UPDATE = """
            UPDATE token_usage u SET last_used_time = TIMESTAMPTZ 'epoch' + used.micros * INTERVAL '1 microsecond'
            FROM unnest(:tenantIds, :tokenIds, :micros) AS used (tenant_id, token_id, micros)
            WHERE u.tenant_id = used.tenant_id AND u.token_id = used.token_id
              AND u.last_used_time < TIMESTAMPTZ 'epoch' + used.micros * INTERVAL '1 microsecond'
            """;

    private final Transactions transactions;

    JdbiUsageLog(Transactions transactions) {
        this.transactions = transactions;
    }

    /**
     * {@inheritDoc}
     *
     * <p>A token used before costs one index lookup and an update in place. Rows are locked in key order, as everywhere.
     */
    @Override
    public void record(Map<TokenKey, Instant> lastUsed) {
        if (lastUsed.isEmpty()) {
            return;
        }
        List<Map.Entry<TokenKey, Instant>> ordered = new ArrayList<>(lastUsed.entrySet());
        ordered.sort(Map.Entry.comparingByKey(BY_KEY));
        transactions.run(handle -> {
            int updated = execute(handle, ordered, UPDATE);
            if (updated < ordered.size()) {
                execute(handle, ordered, INSERT_FIRST_USES);
                // Another replica may have inserted an earlier time.
                updated = execute(handle, ordered, UPDATE);
            }
            return updated;
        });
    }

    private static int execute(Handle handle, List<Map.Entry<TokenKey, Instant>> lastUsed, String sql) {
        return handle.createUpdate(sql)
                .bind("tenantIds", Columns.column(lastUsed, UUID[]::new, use -> use.getKey()
                        .tenantId()
                        .value()))
                .bind("tokenIds", Columns.column(lastUsed, UUID[]::new, use -> use.getKey()
                        .tokenId()
                        .value()))
                .bind(
                        "micros",
                        Columns.column(
                                lastUsed, Long[]::new, use -> ChronoUnit.MICROS.between(Instant.EPOCH, use.getValue())))
                .execute();
    }
}
