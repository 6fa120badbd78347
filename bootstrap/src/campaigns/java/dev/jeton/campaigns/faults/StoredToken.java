package dev.jeton.campaigns.faults;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The stored state of one token after an experiment. Immutable.
 *
 * @param label as in the calls; empty if unknown
 * @param tokenIds all tokens created with that label
 * @param version the number of changes, including the creation; 0 if the token does not exist
 * @param audited the number of audit events of each operation, in the order of the operations
 */
record StoredToken(
        String label, List<String> tokenIds, TokenState.Phase phase, long expiry, long version, List<Integer> audited) {
    static final StoredToken NONE =
            new StoredToken("", List.of(), TokenState.Phase.ABSENT, 0, 0, TokenState.NO_CHANGES);

    /** Whether the token is in this state, ignoring the audit trail. */
    boolean matches(TokenState state) {
        return state.phase() == phase
                && (!state.exists() || state.expiry() == expiry && sum(state.changes()) == version);
    }

    boolean matchesWithAudit(TokenState state) {
        return matches(state) && state.changes().equals(audited);
    }

    private static long sum(List<Integer> counts) {
        return counts.stream().mapToLong(Integer::longValue).sum();
    }

    /**
     * Reads the tokens of these tenants and their audit events in one snapshot.
     *
     * @param calls give the label of a deleted token without audit events
     */
    static List<StoredToken> read(Connection connection, Collection<String> tenantIds, List<Call> calls)
            throws SQLException {
        connection.setAutoCommit(false);
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        Map<String, String> labels = new HashMap<>();
        calls.forEach(call -> labels.put(call.tokenId(), call.label()));
        Map<String, StoredToken> byId = new TreeMap<>();
        query(connection, tenantIds, """
                SELECT token_id, NULL AS name, 'DELETED' AS phase, NULL::timestamptz AS expire_time, 0 AS version
                FROM deleted_tokens WHERE tenant_id = ANY (?)
                UNION ALL
                SELECT token_id, name, CASE WHEN cancel_reason IS NULL THEN 'ACTIVE' ELSE 'CANCELLED' END, expire_time, version
                FROM tokens WHERE tenant_id = ANY (?)
                """, row -> {
            String id = row.getString("token_id");
            OffsetDateTime expiry = row.getObject("expire_time", OffsetDateTime.class);
            String name = row.getString("name");
            if (name != null) {
                labels.put(id, name);
            }
            byId.put(
                    id,
                    new StoredToken(
                            "",
                            List.of(id),
                            TokenState.Phase.valueOf(row.getString("phase")),
                            expiry == null ? 0 : Time.of(expiry.toInstant()),
                            row.getLong("version"),
                            TokenState.NO_CHANGES));
        });
        query(connection, tenantIds, """
                SELECT resource_id, action, count(*) AS events,
                    min(change_new_values[array_position(change_fields, 'name')]) AS name
                FROM audit_events WHERE tenant_id = ANY (?) AND resource_type = 'TOKEN'
                GROUP BY resource_id, action
                """, row -> {
            String id = row.getString("resource_id");
            String action = row.getString("action");
            byId.put(id, byId.getOrDefault(id, NONE).with(id, action, row.getInt("events")));
            if (action.equals(TokenOperation.CREATE.action)) {
                labels.put(id, row.getString("name"));
            }
        });
        connection.rollback();
        return byLabel(byId, labels);
    }

    /** Represents all tokens of a label by the first. */
    private static List<StoredToken> byLabel(Map<String, StoredToken> byId, Map<String, String> labels) {
        Map<String, TreeSet<String>> ids = new HashMap<>();
        byId.keySet().forEach(id -> ids.computeIfAbsent(labels.getOrDefault(id, ""), label -> new TreeSet<>())
                .add(id));
        List<StoredToken> tokens = new ArrayList<>();
        ids.forEach((label, same) -> {
            StoredToken first = byId.getOrDefault(same.first(), NONE);
            tokens.add(
                    new StoredToken(label, List.copyOf(same), first.phase, first.expiry, first.version, first.audited));
        });
        return tokens;
    }

    private StoredToken with(String id, String action, int events) {
        List<Integer> counts = new ArrayList<>(audited);
        for (TokenOperation operation : TokenOperation.values()) {
            if (operation.isChange() && operation.action.equals(action)) {
                counts.set(operation.ordinal(), events);
            }
        }
        return new StoredToken(label, List.of(id), phase, expiry, version, Collections.unmodifiableList(counts));
    }

    private static void query(Connection connection, Collection<String> tenantIds, String sql, RowReader reader)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 1; i <= statement.getParameterMetaData().getParameterCount(); i++) {
                statement.setArray(i, connection.createArrayOf("uuid", tenantIds.toArray()));
            }
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    reader.read(rows);
                }
            }
        }
    }

    private interface RowReader {
        void read(ResultSet row) throws SQLException;
    }
}
