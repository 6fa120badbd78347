package dev.jeton.benchmark;

import dev.jeton.benchmark.Population.Owner;
import dev.jeton.benchmark.Population.SeededRandom;
import dev.jeton.benchmark.reference.SingleLookup;
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

/** Copies tokens of a {@link Population}, each used once, straight into the database. Immutable. */
final class TokenImport {
    private static final int WRITERS = 2;
    private static final int BUFFER = 1 << 16;
    private static final String COPY = """
            COPY tokens (
                tenant_id, token_id, user_id, tenant_wide, name, name_uniqueness, description, scopes,
                secret_scheme, secret_digest, secret_hint, expire_time, cancel_reason, create_time, update_time, version)
            FROM STDIN
            """;

    /** The referenced rows exist; checking each row would take most of the time. */
    private static final String WITHOUT_FOREIGN_KEYS = "SET session_replication_role = replica";

    private static final String USE_ONCE =
            "INSERT INTO token_usage SELECT tenant_id, token_id, create_time FROM tokens ON CONFLICT DO NOTHING";

    private final Login login;

    TokenImport(Login login) {
        this.login = login;
    }

    /** Adds the tokens {@code from} to {@code to - 1}, then vacuums and checkpoints so that neither happens during a measurement. */
    void add(Population population, int from, int to) {
        IntStream.range(0, WRITERS).parallel().forEach(writer -> copy(population, from + writer, to));
        execute(WITHOUT_FOREIGN_KEYS, USE_ONCE, "VACUUM (ANALYZE) tokens, token_usage", "ANALYZE", "CHECKPOINT");
    }

    private void copy(Population population, int from, int to) {
        SeededRandom random = new SeededRandom();
        SecretHasher hasher = new SecretHasher();
        try (Connection connection = SingleLookup.connect(login);
                Statement statement = connection.createStatement()) {
            statement.execute(WITHOUT_FOREIGN_KEYS);
            try (OutputStream rows = new PGCopyOutputStream(connection.unwrap(PGConnection.class), COPY, BUFFER)) {
                for (int number = from; number < to; number += WRITERS) {
                    String row = row(population, number, population.token(number, random), hasher);
                    rows.write(row.getBytes(StandardCharsets.UTF_8));
                }
            }
        } catch (SQLException | IOException e) {
            throw new IllegalStateException("Could not copy the tokens into the database", e);
        }
    }

    private static String row(Population population, int number, Population.Entry token, SecretHasher hasher) {
        Owner owner = population.owner(number);
        SecretDigest digest = hasher.digest(token.secret());
        String time = Instant.ofEpochMilli(population.createMillis(number)).toString();
        return String.join(
                "\t",
                owner.tenantId().value().toString(),
                token.id().value().toString(),
                owner.userId().toString(),
                "t",
                "service " + number,
                "NOT_REQUIRED",
                "",
                "{inference}",
                digest.scheme(),
                "\\\\x" + HexFormat.of().formatHex(digest.bytes()),
                token.secret().hint().value(),
                "\\N",
                "\\N",
                time,
                time,
                "1\n");
    }

    private void execute(String... statements) {
        try (Connection connection = SingleLookup.connect(login);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
