package dev.jeton.benchmark;

import dev.jeton.benchmark.reference.Database;
import dev.jeton.bootstrap.storage.Login;
import dev.jeton.domain.token.SecretDigest;
import dev.jeton.domain.token.SecretHasher;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.HexFormat;
import java.util.stream.IntStream;
import org.postgresql.PGConnection;
import org.postgresql.copy.PGCopyOutputStream;

/** Puts tokens of a {@link Population}, each used once, straight into the database, by the million. Immutable. */
final class TokenFill {
    private static final int WRITERS = 2;
    private static final int BUFFER = 1 << 16;
    private static final String COPY = """
            COPY tokens (
                tenant_id, token_id, user_id, tenant_wide, name, name_uniqueness, description, scopes,
                secret_scheme, secret_digest, secret_hint, expire_time, cancel_reason, create_time, update_time, version)
            FROM STDIN
            """;

    /** The owners exist, and the tokens: what would be looked up row by row is known. */
    private static final String WITHOUT_FOREIGN_KEYS = "SET session_replication_role = replica";

    private static final String USE_ONCE =
            "INSERT INTO token_usage SELECT tenant_id, token_id, create_time FROM tokens ON CONFLICT DO NOTHING";

    private final Login login;

    TokenFill(Login login) {
        this.login = login;
    }

    /** Adds tokens number {@code from} to before {@code to}, and lets the database settle, so that nothing of it is left to do later. */
    void add(Population population, int from, int to) {
        IntStream.range(0, WRITERS).parallel().forEach(writer -> copy(population, from + writer, to));
        execute(WITHOUT_FOREIGN_KEYS, USE_ONCE, "VACUUM (ANALYZE) tokens, token_usage", "ANALYZE", "CHECKPOINT");
    }

    private void copy(Population population, int from, int to) {
        SeededRandom random = new SeededRandom();
        SecretHasher hasher = new SecretHasher();
        StringBuilder row = new StringBuilder();
        try (Connection connection = Database.connect(login);
                Statement statement = connection.createStatement()) {
            statement.execute(WITHOUT_FOREIGN_KEYS);
            try (OutputStream rows = new PGCopyOutputStream(connection.unwrap(PGConnection.class), COPY, BUFFER)) {
                for (int number = from; number < to; number += WRITERS) {
                    row.setLength(0);
                    append(population, number, population.token(number, random), hasher, row);
                    rows.write(row.toString().getBytes(StandardCharsets.UTF_8));
                }
            }
        } catch (SQLException | IOException e) {
            throw new IllegalStateException("The tokens could not be filled in", e);
        }
    }

    private static void append(
            Population population, int number, Population.Made token, SecretHasher hasher, StringBuilder row) {
        Owner owner = population.owner(number);
        SecretDigest digest = hasher.digest(token.secret());
        Instant time = Instant.ofEpochMilli(population.createMillis(number));
        row.append(owner.tenantId().value())
                .append('\t')
                .append(token.id().value())
                .append('\t')
                .append(owner.userId())
                .append("\tt\tservice ")
                .append(number)
                .append("\tNOT_REQUIRED\t\t{inference}\t")
                .append(digest.scheme())
                .append("\t\\\\x")
                .append(HexFormat.of().formatHex(digest.bytes()))
                .append('\t')
                .append(token.secret().hint().value())
                .append("\t\\N\t\\N\t")
                .append(time)
                .append('\t')
                .append(time)
                .append("\t1\n");
    }

    private void execute(String... statements) {
        try (Connection connection = Database.connect(login);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
