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
import org.jdbi.v3.core.statement.SqlStatement;

/** Table {@code token_usage}. Thread-safe. */
final class JdbiUsageLog implements UsageLog {
    static final Comparator<TokenKey> BY_KEY = Comparator.comparing(
                    (TokenKey key) -> key.tenantId().value())
            .thenComparing(key -> key.tokenId().value());

    private static final String USES = """
            (SELECT tenant_id, token_id, TIMESTAMPTZ 'epoch' + micros * INTERVAL '1 microsecond' AS time, place
             FROM unnest(:tenantIds, :tokenIds, :micros) WITH ORDINALITY AS given (tenant_id, token_id, micros, place)) used
            """;

    /** Skips tokens that others have locked: a deletion holds the token and then wants the rows that this may hold. */
    static final String INSERT_FIRST_USES = """
            INSERT INTO token_usage (tenant_id, token_id, last_used_time)
            SELECT used.tenant_id, used.token_id, used.time
            FROM %s
            JOIN tokens t ON t.tenant_id = used.tenant_id AND t.token_id = used.token_id
            WHERE NOT EXISTS (
                SELECT FROM token_usage u WHERE u.tenant_id = used.tenant_id AND u.token_id = used.token_id)
            FOR KEY SHARE OF t SKIP LOCKED
            ON CONFLICT DO NOTHING
            """.formatted(USES);

    static final String INSERT_FIRST_USE = INSERT_FIRST_USES.replace(" SKIP LOCKED", "");

    /** Skips rows that others have locked, too. */
    static final String UPDATE_USES = """
            UPDATE token_usage u SET last_used_time = free.time
            FROM (
                SELECT stored.tenant_id, stored.token_id, used.time
                FROM %s
                JOIN token_usage stored ON stored.tenant_id = used.tenant_id AND stored.token_id = used.token_id
                WHERE stored.last_used_time < used.time
                FOR NO KEY UPDATE OF stored SKIP LOCKED) free
            WHERE u.tenant_id = free.tenant_id AND u.token_id = free.token_id
            """.formatted(USES);

    static final String UPDATE_USE = UPDATE_USES.replace(" SKIP LOCKED", "");

    /** What the statements above have skipped. */
    static final String SKIPPED = """
            SELECT used.place - 1
            FROM %s
            JOIN tokens t ON t.tenant_id = used.tenant_id AND t.token_id = used.token_id
            LEFT JOIN token_usage u ON u.tenant_id = used.tenant_id AND u.token_id = used.token_id
            WHERE u.last_used_time IS NULL OR u.last_used_time < used.time
            """.formatted(USES);

    private final Transactions transactions;

    JdbiUsageLog(Transactions transactions) {
        this.transactions = transactions;
    }

    /**
     * {@inheritDoc}
     *
     * <p>A token used before costs two index lookups and an update in place. What others have locked is written last, one row at a time: nothing
     * waits for a deletion while it holds a row, so there is no deadlock. Writers wait for each other only to insert, which all do in key order.
     */
    @Override
    public void record(Map<TokenKey, Instant> lastUsed) {
        if (lastUsed.isEmpty()) {
            return;
        }
        List<Map.Entry<TokenKey, Instant>> ordered = new ArrayList<>(lastUsed.entrySet());
        ordered.sort(Map.Entry.comparingByKey(BY_KEY));
        if (execute(UPDATE_USES, ordered) < ordered.size()) {
            execute(INSERT_FIRST_USES, ordered);
            for (int skipped : skipped(ordered)) {
                List<Map.Entry<TokenKey, Instant>> one = List.of(ordered.get(skipped));
                execute(INSERT_FIRST_USE, one);
                execute(UPDATE_USE, one);
            }
        }
    }

    private int execute(String sql, List<Map.Entry<TokenKey, Instant>> lastUsed) {
        return transactions.run(
                handle -> bind(handle.createUpdate(sql), lastUsed).execute());
    }

    private List<Integer> skipped(List<Map.Entry<TokenKey, Instant>> lastUsed) {
        return transactions.run(handle ->
                bind(handle.createQuery(SKIPPED), lastUsed).mapTo(Integer.class).list());
    }

    private static <S extends SqlStatement<S>> S bind(S statement, List<Map.Entry<TokenKey, Instant>> lastUsed) {
        return statement
                .bind("tenantIds", Columns.column(lastUsed, UUID[]::new, use -> use.getKey()
                        .tenantId()
                        .value()))
                .bind("tokenIds", Columns.column(lastUsed, UUID[]::new, use -> use.getKey()
                        .tokenId()
                        .value()))
                .bind(
                        "micros",
                        Columns.column(
                                lastUsed,
                                Long[]::new,
                                use -> ChronoUnit.MICROS.between(Instant.EPOCH, use.getValue())));
    }
}
