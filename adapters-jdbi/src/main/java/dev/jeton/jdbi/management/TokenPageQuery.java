package dev.jeton.jdbi.management;

import dev.jeton.application.page.Page;
import dev.jeton.application.page.PageRequest;
import dev.jeton.application.page.TokenFilter;
import dev.jeton.domain.tenant.TenantId;
import dev.jeton.domain.token.Token;
import dev.jeton.domain.token.TokenStatus;
import dev.jeton.jdbi.sql.Columns;
import dev.jeton.jdbi.sql.Keyset;
import dev.jeton.jdbi.sql.TenantScope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.Query;

/**
 * Reads one page of a tenant's tokens. The statement contains only the conditions of the filter, so that the planner picks the index that
 * leads straight to the page.
 */
final class TokenPageQuery {
    private final TenantId tenantId;
    private final PageRequest page;
    private final List<String> conditions = new ArrayList<>();
    private final Map<String, Object> values = new HashMap<>();
    private String from = "tokens t";
    private String key = "t.token_id";

    TokenPageQuery(TenantId tenantId, TokenFilter filter, Instant now, PageRequest page) {
        this.tenantId = tenantId;
        this.page = page;
        where("t.tenant_id = :tenantId", "tenantId", tenantId.value());
        conditions.add("EXISTS (SELECT FROM tenants n WHERE n.tenant_id = :tenantId)");
        conditions.add("t.user_id NOT IN (SELECT s.resource_id FROM sweeps s WHERE s.tenant_id = :tenantId)");
        if (filter.workloadId() != null) {
            from = "token_workloads a JOIN tokens t ON t.tenant_id = a.tenant_id AND t.token_id = a.token_id";
            key = "a.token_id";
            conditions.add("a.tenant_id = :tenantId");
            where(
                    "a.workload_id = :workloadId",
                    "workloadId",
                    filter.workloadId().value());
        }
        where(key + " < :before", "before", Keyset.before(page));
        if (filter.ownerId() != null) {
            where("t.user_id = :ownerId", "ownerId", filter.ownerId().value());
        }
        if (filter.unassigned()) {
            conditions.add("""
                    NOT t.tenant_wide AND NOT EXISTS (
                        SELECT FROM token_workloads w
                        WHERE w.tenant_id = t.tenant_id AND w.token_id = t.token_id AND w.workload_id NOT IN %s)""".formatted(TokenRowMapper.DELETED_WORKLOADS));
        }
        if (filter.status() != null) {
            whereStatus(filter.status(), now);
        }
        if (!filter.nameContains().isEmpty()) {
            where("strpos(t.name, :text) > 0", "text", filter.nameContains());
        }
        if (filter.expireBefore() != null) {
            where("t.expire_time < :expireBefore", "expireBefore", Columns.ceiling(filter.expireBefore()));
        }
    }

    String sql() {
        return """
               SELECT %s FROM %s
               WHERE %s
               ORDER BY %s DESC
               LIMIT :limit
               """.formatted(TokenRowMapper.COLUMNS, from, String.join("\n  AND ", conditions), key);
    }

    Page<Token> run(TenantScope scope, RowMapper<Token> rows) {
        if (matchesNothing()) {
            return new Page<>(List.of(), null);
        }
        return Page.cut(bind(scope.query(tenantId, sql())).map(rows).list(), page, token -> token.id()
                .value());
    }

    Query bind(Query query) {
        return query.bindMap(values).bind("limit", Keyset.limit(page));
    }

    /** PostgreSQL refuses U+0000 in text, so no row can match. */
    private boolean matchesNothing() {
        return values.get("text") instanceof String text && text.indexOf('\0') >= 0;
    }

    private void whereStatus(TokenStatus status, Instant now) {
        switch (status) {
            case CANCELLED -> conditions.add("t.cancel_reason IS NOT NULL");
            case EXPIRED -> where("t.cancel_reason IS NULL AND t.expire_time <= :now", "now", now);
            case ACTIVE ->
                where("t.cancel_reason IS NULL AND (t.expire_time IS NULL OR t.expire_time > :now)", "now", now);
        }
    }

    private void where(String condition, String name, Object value) {
        conditions.add(condition);
        values.put(name, value);
    }
}
