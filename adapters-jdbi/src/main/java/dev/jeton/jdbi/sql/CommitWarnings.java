package dev.jeton.jdbi.sql;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLWarning;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.core.statement.StatementCustomizer;

/**
 * Makes a commit with a warning fail: PostgreSQL warns when it stopped waiting for its synchronous standby. For statements that end with
 * COMMIT.
 */
public final class CommitWarnings implements StatementCustomizer {

    @Override
    public void afterExecution(PreparedStatement executed, StatementContext context) throws SQLException {
        SQLWarning warning = executed.getWarnings();
        if (warning != null) {
            throw PostgresErrors.outcomeUnknown(warning);
        }
    }
}
