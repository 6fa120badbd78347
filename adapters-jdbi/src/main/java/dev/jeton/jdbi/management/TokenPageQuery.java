package dev.jeton.jdbi.management;

import dev.jeton.application.page.Page;
import dev.jeton.application.page.PageRequest;
import dev.jeton.application.page.TokenFilter;
import dev.jeton.domain.tenant.TenantId;
import dev.jeton.domain.token.Token;
import dev.jeton.domain.token.TokenStatus;
import dev.jeton.jdbi.sql.BoundedScan;
import dev.jeton.jdbi.sql.Columns;
import dev.jeton.jdbi.sql.Keyset;
import dev.jeton.jdbi.sql.Pages;
import dev.jeton.jdbi.sql.TenantScope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jspecify.annotations.Nullable;

/**
 * Reads one page of a tenant's tokens. The statement contains only the conditions of the filter, so that the planner picks the index that
 * leads straight to the page.
 *
 * <p>No index has both the order of the list and the status or the expiry. So a list by these is scanned in order first, which is enough if
 * many tokens match. If the scan reaches its bound, the indexes by status and expiry tell whether few match in the whole tenant; these are
 * then read one by one. What is neither is left to the next page, as with conditions that no index covers ({@link BoundedScan}).
 */
final class TokenPageQuery {
    /** The most tokens that count as few. */
    static final int FEW = BoundedScan.MAX_ROWS;

    private final TenantId tenantId;
    private final TokenFilter filter;
    private final @Nullable Instant now;
    private final PageRequest page;
    private final Map<String, Object> values = new HashMap<>();

    /** Conditions that an index in the order of the list covers. */
    private final List<String> indexed = new ArrayList<>();

    /** The others. */
    private final List<String> scanned = new ArrayList<>();

    private String from = "tokens t";
    private String key = "t.token_id";

    /** @param now null: the time of the transaction */
    TokenPageQuery(TenantId tenantId, TokenFilter filter, @Nullable Instant now, PageRequest page) {
        this.tenantId = tenantId;
        this.filter = filter;
        this.now = now;
        this.page = page;
        indexed.add("t.tenant_id = :tenantId");
        values.put("tenantId", tenantId.value());
        values.put("before", Keyset.before(page));
        indexed.add("EXISTS (SELECT FROM tenants n WHERE n.tenant_id = :tenantId)");
        indexed.add("t.user_id NOT IN (SELECT s.resource_id FROM sweeps s WHERE s.tenant_id = :tenantId)");
        // Before the workload: a cursor names the last token scanned, which must not be another user's.
        if (filter.ownerId() != null) {
            indexed.add("t.user_id = :ownerId");
            values.put("ownerId", filter.ownerId().value());
        }
        if (filter.workloadId() != null) {
            values.put("workloadId", filter.workloadId().value());
            indexed.add(
                    "EXISTS (SELECT FROM workloads o WHERE o.tenant_id = :tenantId AND o.workload_id = :workloadId)");
            if (filter.ownerId() == null) {
                from = "token_workloads a JOIN tokens t ON t.tenant_id = a.tenant_id AND t.token_id = a.token_id";
                key = "a.token_id";
                indexed.add("a.tenant_id = :tenantId AND a.workload_id = :workloadId");
            } else {
                scanned.add("""
                        EXISTS (SELECT FROM token_workloads w
                                WHERE w.tenant_id = t.tenant_id AND w.token_id = t.token_id AND w.workload_id = :workloadId)""");
            }
        }
        if (filter.unassigned()) {
            scanned.add("""
                    NOT t.tenant_wide AND NOT EXISTS (
                        SELECT FROM token_workloads w
                        WHERE w.tenant_id = t.tenant_id AND w.token_id = t.token_id AND w.workload_id NOT IN %s)""".formatted(TokenRowMapper.DELETED_WORKLOADS));
        }
        if (filter.status() != null) {
            boolean alone =
                    filter.status() == TokenStatus.CANCELLED && filter.ownerId() == null && filter.workloadId() == null;
            (alone ? indexed : scanned).add(condition(filter.status()));
            if (now != null) {
                values.put("now", now);
            }
        }
        if (!filter.nameContains().isEmpty()) {
            scanned.add("strpos(t.name, :text) > 0");
            values.put("text", filter.nameContains());
        }
        if (filter.expireBefore() != null) {
            scanned.add("t.expire_time < :expireBefore");
            values.put("expireBefore", Columns.ceiling(filter.expireBefore()));
        }
    }

    Page<Token> run(TenantScope scope, RowMapper<Token> rows) {
        if (scanned.isEmpty()) {
            return Pages.read(
                    query(scope, inOrder()), rows, page, token -> token.id().value());
        }
        Page<Token> found = BoundedScan.run(
                query(scope, inOrder()), rows, page, token -> token.id().value());
        boolean complete = found.next() == null || found.items().size() == page.size();
        return complete || candidates() == null
                ? found
                : at(scope.moment().time()).few(scope, rows).orElse(found);
    }

    private Optional<Page<Token>> few(TenantScope scope, RowMapper<Token> rows) {
        return areFew(scope)
                ? Optional.of(Pages.read(query(scope, oneByOne()), rows, page, token -> token.id()
                        .value()))
                : Optional.empty();
    }

    private TokenPageQuery at(Instant time) {
        return now == null ? new TokenPageQuery(tenantId, filter, time, page) : this;
    }

    /** Returns the statement that reads in the order of the list. */
    String inOrder() {
        String ordered =
                """
                SELECT %s FROM %s
                WHERE %s AND %s < :before
                ORDER BY %s DESC
                """.formatted(scanned.isEmpty() ? TokenRowMapper.COLUMNS : "t.*", from, all(indexed), key, key);
        return scanned.isEmpty()
                ? ordered + "LIMIT :limit"
                : BoundedScan.sql("t", TokenRowMapper.COLUMNS, ordered, all(scanned), "t.token_id DESC");
    }

    /**
     * Returns a statement that selects the ids of at most {@link #FEW} tokens, among them all that match if they are fewer; null if the filter
     * does not say anything about their status or expiry.
     */
    @Nullable String candidates() {
        String before = filter.expireBefore() == null ? "" : " AND t.expire_time < :expireBefore";
        if (filter.status() == null) {
            return before.isEmpty() ? null : union(live(before), cancelled());
        }
        return switch (filter.status()) {
            case CANCELLED -> cancelled();
            case EXPIRED -> live(" AND t.expire_time <= " + instant() + before);
            case ACTIVE -> {
                String later = live(" AND t.expire_time > " + instant() + before);
                yield before.isEmpty() ? union(later, live(" AND t.expire_time IS NULL")) : later;
            }
        };
    }

    /** Returns the statement that reads the few tokens that can match, in the order of the list. */
    String oneByOne() {
        return """
               SELECT %s FROM unnest(ARRAY(
                       SELECT c.token_id FROM (%s) c WHERE c.token_id < :before ORDER BY c.token_id DESC))
                   WITH ORDINALITY AS c (token_id, place), %s
               WHERE t.token_id = c.token_id AND %s AND %s
               ORDER BY c.place
               LIMIT :limit
               """.formatted(TokenRowMapper.COLUMNS, candidates(), from, all(indexed), all(scanned));
    }

    private boolean areFew(TenantScope scope) {
        return query(scope, "SELECT count(*) FROM (%s) c".formatted(candidates()))
                        .mapTo(Integer.class)
                        .one()
                < FEW;
    }

    private Query query(TenantScope scope, String sql) {
        return scope.query(tenantId, sql, page)
                .configure(SqlStatements.class, statements -> statements.setUnusedBindingAllowed(true))
                .bindMap(values)
                .bind("limit", Keyset.limit(page));
    }

    /** Reads the index of the tokens that are not cancelled, by expiry. */
    private static String live(String condition) {
        return """
               SELECT t.token_id FROM tokens t
               WHERE t.tenant_id = :tenantId AND t.cancel_reason IS NULL%s
               ORDER BY t.expire_time
               LIMIT %s
               """.formatted(condition, FEW);
    }

    /** Reads the index of the cancelled tokens. */
    private static String cancelled() {
        return """
               SELECT t.token_id FROM tokens t
               WHERE t.tenant_id = :tenantId AND t.cancel_reason IS NOT NULL
               ORDER BY t.token_id DESC
               LIMIT %s
               """.formatted(FEW);
    }

    private static String union(String one, String other) {
        return "(%s) UNION ALL (%s) LIMIT %s".formatted(one, other, FEW);
    }

    private String instant() {
        return now == null ? "now()" : ":now";
    }

    private String condition(TokenStatus status) {
        return switch (status) {
            case CANCELLED -> "t.cancel_reason IS NOT NULL";
            case EXPIRED -> "t.cancel_reason IS NULL AND t.expire_time <= " + instant();
            case ACTIVE ->
                "t.cancel_reason IS NULL AND (t.expire_time IS NULL OR t.expire_time > %s)".formatted(instant());
        };
    }

    private static String all(List<String> conditions) {
        return String.join("\n  AND ", conditions);
    }
}
