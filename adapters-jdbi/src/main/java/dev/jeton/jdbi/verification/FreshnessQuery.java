package dev.jeton.jdbi.verification;

import dev.jeton.domain.tenant.TenantId;
import dev.jeton.jdbi.sql.PostgresTypes;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.ConnectionException;
import org.jspecify.annotations.Nullable;

/**
 * Reads the positions of tenants and the time, in one snapshot. Uses the driver directly and keeps its statement, because it runs all the
 * time. For one thread.
 */
final class FreshnessQuery {
    private static final String SQL = """
            SELECT now(), p.tenant_id, p.number, p.tag
            FROM (SELECT) once LEFT JOIN tenant_positions p ON p.tenant_id = ANY (?)
            """;

    private final Connection connection;
    private @Nullable PreparedStatement prepared;

    /** @param connection closes the statement when it is closed */
    FreshnessQuery(Connection connection) {
        this.connection = connection;
    }

    Freshness run(Collection<TenantId> tenantIds) {
        UUID[] ids = new UUID[tenantIds.size()];
        int next = 0;
        for (TenantId tenantId : tenantIds) {
            ids[next++] = tenantId.value();
        }
        try {
            if (prepared == null) {
                prepared = connection.prepareStatement(SQL);
            }
            prepared.setObject(1, PostgresTypes.array(ids));
            try (ResultSet rows = prepared.executeQuery()) {
                return freshness(rows);
            }
        } catch (SQLException failure) {
            throw new ConnectionException(failure);
        }
    }

    private static Freshness freshness(ResultSet rows) throws SQLException {
        Instant time = Instant.MIN;
        Map<TenantId, Position> positions = new HashMap<>();
        while (rows.next()) {
            if (time == Instant.MIN) {
                time = rows.getObject(1, OffsetDateTime.class).toInstant();
            }
            UUID tenantId = rows.getObject(2, UUID.class);
            if (tenantId != null) {
                positions.put(new TenantId(tenantId), new Position(rows.getLong(3), rows.getObject(4, UUID.class)));
            }
        }
        return new Freshness(time, positions);
    }

    /**
     * The result.
     *
     * @param time by the database's clock
     * @param positions of those tenants that exist
     */
    record Freshness(Instant time, Map<TenantId, Position> positions) {}
}
