package dev.jeton.bootstrap.endtoend;

import static dev.jeton.bootstrap.endtoend.Console.newToken;
import static dev.jeton.bootstrap.endtoend.Console.use;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jeton.bootstrap.JetonProcess;
import dev.jeton.v1.CreateTenantRequest;
import dev.jeton.v1.CreateTokenResponse;
import dev.jeton.v1.CreateUserRequest;
import dev.jeton.v1.ListTokensRequest;
import dev.jeton.v1.Tenant;
import dev.jeton.v1.User;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Issued secrets are looked for wherever the server leaves anything: database files and write-ahead log, its own log, its replies. */
class SecretsStaySecretIT {
    private static final int TOKENS = 100;

    /** The random part of a secret: it alone makes a token, and nobody else has it. */
    private static final int RANDOM_OFFSET = 48;

    private static final int RANDOM_LENGTH = 32;

    @TempDir
    Path dataDirectory;

    @Test
    void anIssuedSecretIsNowhere() throws Exception {
        Set<String> secrets = new HashSet<>();
        List<String> replies = new ArrayList<>();
        String log;
        try (JetonProcess jeton = JetonProcess.start(dataDirectory)) {
            Console console = new Console(jeton.asOperator());
            Tenant tenant = console.tenants
                    .createTenant(CreateTenantRequest.newBuilder()
                            .setDisplayName("Acme")
                            .build())
                    .getTenant();
            User user = console.user(tenant);
            for (int i = 0; i < TOKENS; i++) {
                CreateTokenResponse created = console.create(newToken(user, "token " + i));
                secrets.add(randomPart(created.getSecret()));
                replies.add(created.getToken().toString());
                replies.add(console.verify(use(created)).toString());
                replies.add(refusalOf(console, created.getSecret()));
            }
            secrets.add(randomPart(jeton.operatorToken()));
            replies.add(console.list(ListTokensRequest.newBuilder()
                            .setTenantId(tenant.getId())
                            .setPageSize(1000))
                    .toString());
            assertThat(jeton.terminate()).isZero();
            log = jeton.output() + jeton.log();
        }
        assertThat(secrets).hasSize(TOKENS + 1);
        assertThat(found(secrets, log)).as("in the log").isEmpty();
        assertThat(found(secrets, String.join("\n", replies)))
                .as("in later replies")
                .isEmpty();
        assertThat(found(secrets, contents())).as("in the data directory").isEmpty();
        assertThat(contents()).as("the search would find what is there").contains("token 42");
    }

    private String contents() throws IOException {
        StringBuilder contents = new StringBuilder();
        try (Stream<Path> files = Files.walk(dataDirectory)) {
            for (Path file : files.filter(Files::isRegularFile)
                    .filter(file ->
                            !file.endsWith("operator-token") && !file.toString().contains("binaries"))
                    .toList()) {
                contents.append(Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        return contents.toString();
    }

    /** A secret where a name or an email is expected is refused or kept out of messages, too. */
    private static String refusalOf(Console console, String secret) {
        try {
            return console.users
                    .createUser(CreateUserRequest.newBuilder()
                            .setTenantId(secret)
                            .setEmail("ada@example.com")
                            .build())
                    .toString();
        } catch (StatusRuntimeException refused) {
            assertThat(refused.getStatus().getCode()).isEqualTo(Code.INVALID_ARGUMENT);
            return refused + " " + refused.getTrailers();
        }
    }

    private static String randomPart(String secret) {
        return secret.substring(RANDOM_OFFSET, RANDOM_OFFSET + RANDOM_LENGTH);
    }

    private static List<String> found(Set<String> secrets, String text) {
        return secrets.stream().filter(text::contains).toList();
    }
}
