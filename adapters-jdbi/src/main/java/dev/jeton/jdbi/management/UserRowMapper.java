package dev.jeton.jdbi.management;

import dev.jeton.domain.text.Email;
import dev.jeton.domain.text.PersonName;
import dev.jeton.domain.user.Role;
import dev.jeton.domain.user.User;
import dev.jeton.domain.user.UserId;
import dev.jeton.domain.user.UserState;
import dev.jeton.jdbi.sql.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.StatementContext;

/** Reads users. */
final class UserRowMapper implements RowMapper<User> {
    static final String COLUMNS =
            "tenant_id, user_id, email, display_name, role, state, create_time, update_time, version";

    @Override
    public User map(ResultSet row, StatementContext context) throws SQLException {
        return map(row);
    }

    static User map(ResultSet row) throws SQLException {
        return new User(
                Columns.tenantId(row),
                new UserId(Columns.uuid(row, "user_id")),
                new Email(Columns.text(row, "email")),
                new PersonName(Columns.text(row, "display_name")),
                Role.valueOf(row.getString("role")),
                UserState.valueOf(row.getString("state")),
                Columns.revision(row));
    }
}
