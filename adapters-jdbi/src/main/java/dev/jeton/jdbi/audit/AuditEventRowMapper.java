package dev.jeton.jdbi.audit;

import dev.jeton.domain.audit.AuditEvent;
import dev.jeton.domain.audit.AuditEventId;
import dev.jeton.domain.audit.CallId;
import dev.jeton.domain.audit.FieldChange;
import dev.jeton.domain.audit.ResourceType;
import dev.jeton.domain.token.TokenId;
import dev.jeton.domain.user.UserId;
import dev.jeton.jdbi.sql.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** Reads audit events. */
final class AuditEventRowMapper implements RowMapper<AuditEvent> {
    static final String COLUMNS = """
            e.tenant_id, e.event_id, e.create_time, e.actor_user_id, e.actor_token_id, e.acting_user_id, e.action,
            e.resource_type, e.resource_id, e.change_fields, e.change_old_values, e.change_new_values, e.call_id
            """;

    @Override
    public AuditEvent map(ResultSet row, StatementContext context) throws SQLException {
        return new AuditEvent(
                new AuditEventId(Columns.uuid(row, "event_id")),
                Columns.instant(row, "create_time"),
                Columns.tenantId(row),
                nullable(row, "actor_user_id", UserId::new),
                nullable(row, "actor_token_id", TokenId::new),
                nullable(row, "acting_user_id", UserId::new),
                row.getString("action"),
                ResourceType.valueOf(row.getString("resource_type")),
                Columns.uuid(row, "resource_id"),
                changes(row),
                new CallId(Columns.uuid(row, "call_id")));
    }

    private static List<FieldChange> changes(ResultSet row) throws SQLException {
        List<String> fields = Columns.texts(row, "change_fields").toList();
        List<String> oldValues = Columns.texts(row, "change_old_values").toList();
        List<String> newValues = Columns.texts(row, "change_new_values").toList();
        List<FieldChange> changes = new ArrayList<>();
        for (int i = 0; i < fields.size(); i++) {
            changes.add(new FieldChange(fields.get(i), oldValues.get(i), newValues.get(i)));
        }
        return changes;
    }

    private static <T> @Nullable T nullable(ResultSet row, String column, Function<UUID, T> type) throws SQLException {
        UUID value = row.getObject(column, UUID.class);
        return value == null ? null : type.apply(value);
    }
}
