package dev.jeton.benchmark.reference;

import dev.jeton.bootstrap.storage.Login;
import dev.jeton.domain.token.SecretDigest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;

/** The simplest lookup of a token: a prepared statement that reads one row by key, joined with owner and tenant. Not thread-safe. */
public final class SingleLookup {
    private final PreparedStatement statement;

    public SingleLookup(Connection connection) throws SQLException {
        statement = connection.prepareStatement("""
                        SELECT
                            t.user_id, t.secret_scheme, t.secret_digest, t.expire_time, t.scopes, t.tenant_wide,
                            t.cancel_reason IS NULL AND u.state = 'ACTIVE' AND n.state = 'ACTIVE' AS active
                        FROM tokens t
                        JOIN users u ON u.tenant_id = t.tenant_id AND u.user_id = t.user_id
                        JOIN tenants n ON n.tenant_id = t.tenant_id
                        WHERE t.tenant_id = ? AND t.token_id = ?
                        """);
    }

    /** Connects without a pool. The connection prepares each statement on first use. */
    public static Connection connect(Login login) throws SQLException {
        return DriverManager.getConnection(login.url() + "?prepareThreshold=1", login.user(), login.password());
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

    public record Row(UUID userId, SecretDigest digest, boolean active) {}
}
