package dev.jeton.campaigns.faults;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Reads from the database itself what it holds of the tokens of some tenants, and what its audit trail tells of them. */
final class Ledger {
    private final Map<String, String> labels = new HashMap<>();
    private final Map<String, Present> present = new HashMap<>();
    private final Map<String, Integer[]> audited = new HashMap<>();

    private Ledger() {}

    private record Present(State.Phase phase, long expiry, long version) {}

    /** @param calls say which token has which label, if nothing else does */
    static List<Found> read(Connection connection, Collection<String> tenantIds, List<Call> calls) throws SQLException {
        Ledger ledger = new Ledger();
        calls.forEach(call -> ledger.labels.put(call.tokenId(), call.label()));
        ledger.labels.remove("");
        ledger.readTombstones(connection, tenantIds);
        ledger.readTokens(connection, tenantIds);
        ledger.readEvents(connection, tenantIds);
        return ledger.found();
    }

    private void readTombstones(Connection connection, Collection<String> tenantIds) throws SQLException {
        query(
                connection,
                tenantIds,
                "SELECT token_id FROM deleted_tokens WHERE tenant_id = ANY (?)",
                row -> present.put(row.getString("token_id"), new Present(State.Phase.DELETED, 0, 0)));
    }

    private void readTokens(Connection connection, Collection<String> tenantIds) throws SQLException {
        query(connection, tenantIds, """
                SELECT token_id, name, cancel_reason IS NOT NULL AS cancelled, expire_time, version
                FROM tokens WHERE tenant_id = ANY (?)
                """, row -> {
            String id = row.getString("token_id");
            labels.put(id, row.getString("name"));
            Instant expiry = row.getObject("expire_time", OffsetDateTime.class)
                    .withOffsetSameInstant(ZoneOffset.UTC)
                    .toInstant();
            present.put(
                    id,
                    new Present(
                            row.getBoolean("cancelled") ? State.Phase.CANCELLED : State.Phase.ACTIVE,
                            ChronoUnit.MICROS.between(Instant.EPOCH, expiry),
                            row.getLong("version")));
        });
    }

    private void readEvents(Connection connection, Collection<String> tenantIds) throws SQLException {
        query(connection, tenantIds, """
                SELECT resource_id, action, count(*) AS events,
                    min(change_new_values[array_position(change_fields, 'name')]) AS name
                FROM audit_events WHERE tenant_id = ANY (?) AND resource_type = 'TOKEN'
                GROUP BY resource_id, action
                """, row -> {
            String id = row.getString("resource_id");
            Integer[] counts = audited.computeIfAbsent(id, unheard -> none());
            for (Deed deed : Deed.values()) {
                if (deed.action.equals(row.getString("action"))) {
                    counts[deed.ordinal()] = row.getInt("events");
                }
            }
            if (row.getString("action").equals(Deed.CREATE.action)) {
                labels.put(id, row.getString("name"));
            }
        });
    }

    private List<Found> found() {
        Map<String, TreeSet<String>> ids = new HashMap<>();
        labels.forEach((id, label) -> {
            if (present.containsKey(id) || audited.containsKey(id)) {
                ids.computeIfAbsent(label, unheard -> new TreeSet<>()).add(id);
            }
        });
        Stream.concat(present.keySet().stream(), audited.keySet().stream())
                .filter(id -> !labels.containsKey(id))
                .forEach(id ->
                        ids.computeIfAbsent("", unheard -> new TreeSet<>()).add(id));
        List<Found> found = new ArrayList<>();
        ids.forEach((label, its) -> found.add(found(label, List.copyOf(its))));
        return found;
    }

    private Found found(String label, List<String> ids) {
        String id = ids.get(0);
        List<Integer> events = Arrays.asList(audited.getOrDefault(id, none()));
        Present token = present.getOrDefault(id, new Present(State.Phase.ABSENT, 0, 0));
        return new Found(label, ids, token.phase(), token.expiry(), token.version(), events);
    }

    private static Integer[] none() {
        return State.ABSENT.changes().toArray(Integer[]::new);
    }

    private static void query(Connection connection, Collection<String> tenantIds, String sql, RowReader reader)
            throws SQLException {
        Array ids = connection.createArrayOf("uuid", tenantIds.toArray());
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setArray(1, ids);
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
