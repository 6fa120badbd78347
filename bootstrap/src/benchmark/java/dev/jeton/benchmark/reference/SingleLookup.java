package dev.jeton.benchmark.reference;

import dev.jeton.bootstrap.storage.Login;
import dev.jeton.domain.token.SecretDigest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;

/** The plainest way to look a token up: a prepared statement that finds one row by its key and joins its owner and tenant. Not thread-safe. */
public final class SingleLookup implements AutoCloseable {
    private final Connection connection;
    private final PreparedStatement statement;

    private SingleLookup(Connection connection, PreparedStatement statement) {
        this.connection = connection;
        this.statement = statement;
    }

    public static SingleLookup connect(Login login) throws SQLException {
        Connection connection = Database.connect(login);
        return new SingleLookup(connection, connection.prepareStatement("""
                        SELECT
                            t.user_id, t.secret_scheme, t.secret_digest, t.expire_time, t.scopes, t.tenant_wide,
                            t.cancel_reason IS NULL AND u.state = 'ACTIVE' AND n.state = 'ACTIVE' AS active
                        FROM tokens t
                        JOIN users u ON u.tenant_id = t.tenant_id AND u.user_id = t.user_id
                        JOIN tenants n ON n.tenant_id = t.tenant_id
                        WHERE t.tenant_id = ? AND t.token_id = ?
                        """));
    }

    public Optional<Row> find(UUID tenantId, UUID tokenId) throws SQLException {
        statement.setObject(1, tenantId);
        statement.setObject(2, tokenId);
        try (ResultSet found = statement.executeQuery()) {
            return found.next()
                    ? Optional.of(new Row(
                            found.getObject("user_id", UUID.class),
                            new SecretDigest(found.getString("secret_scheme"), found.getBytes("secret_digest")),
                            found.getBoolean("active")))
                    : Optional.empty();
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }

    /** What is read of a row that was found. */
    public record Row(UUID userId, SecretDigest digest, boolean active) {}
}
