package dev.jeton.bootstrap.endtoend;

import static dev.jeton.bootstrap.support.Api.newToken;
import static dev.jeton.bootstrap.support.Api.use;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jeton.bootstrap.support.Cluster;
import dev.jeton.bootstrap.support.Dump;
import dev.jeton.bootstrap.support.JetonProcess;
import dev.jeton.bootstrap.support.Traces;
import dev.jeton.campaigns.hostile.CarelessJeton;
import dev.jeton.v1.AuditServiceGrpc;
import dev.jeton.v1.CreateTenantRequest;
import dev.jeton.v1.CreateTokenResponse;
import dev.jeton.v1.CreateUserRequest;
import dev.jeton.v1.ListAuditEventsRequest;
import dev.jeton.v1.ListTokensRequest;
import dev.jeton.v1.Tenant;
import dev.jeton.v1.User;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Issued secrets are looked for wherever the server leaves anything: every table, the database's files and write-ahead log, its own log at its
 * loudest, and all replies but the one that shows them.
 */
class SecretsStaySecretIT {
    private static final int TOKENS = 1_000;

    /** The random part of a secret: it alone makes a token, and nobody else has it. */
    private static final int RANDOM_OFFSET = 48;

    private static final int RANDOM_LENGTH = 32;

    private static final String EVERYTHING = """
            <configuration>
              <appender name="STDERR" class="ch.qos.logback.core.ConsoleAppender">
                <target>System.err</target>
                <encoder><pattern>%-5level %logger %msg%n</pattern></encoder>
              </appender>
              <logger name="io.grpc" level="TRACE"/>
              <logger name="dev.jeton" level="TRACE"/>
              <logger name="com.zaxxer.hikari" level="DEBUG"/>
              <root level="DEBUG"><appender-ref ref="STDERR"/></root>
            </configuration>
            """;

    @TempDir
    Path directory;

    private final Traces ofSecrets = new Traces();
    private final Traces ofDigests = new Traces();
    private int lookedFor;

    @Test
    void anIssuedSecretIsNowhere() throws Exception {
        Path loudLog = Files.writeString(directory.resolve("logback.xml"), EVERYTHING);
        Path loudLibraries = Files.writeString(directory.resolve("logging.properties"), "io.grpc.level = FINEST\n");
        Queue<String> replies = new ConcurrentLinkedQueue<>();
        String log;
        String tables;
        String carelessLog;
        try (Cluster cluster = Cluster.start(directory)) {
            JetonProcess jeton = cluster.server(
                    "server",
                    "-Dlogback.configurationFile=" + loudLog,
                    "-Djava.util.logging.config.file=" + loudLibraries);
            Console console = new Console(jeton.asOperator());
            Tenant tenant = console.tenants
                    .createTenant(CreateTenantRequest.newBuilder()
                            .setDisplayName("Acme")
                            .build())
                    .getTenant();
            User user = console.user(tenant.getId());
            List<String> secrets = IntStream.range(0, TOKENS)
                    .parallel()
                    .mapToObj(i -> issue(console, user, i, replies))
                    .toList();
            secrets.forEach(this::lookFor);
            lookFor(jeton.operatorToken());
            replies.add(console.list(ListTokensRequest.newBuilder()
                            .setTenantId(tenant.getId())
                            .setPageSize(1000))
                    .toString());
            replies.add(AuditServiceGrpc.newBlockingStub(jeton.asOperator())
                    .listAuditEvents(ListAuditEventsRequest.newBuilder()
                            .setTenantId(tenant.getId())
                            .setPageSize(1000)
                            .build())
                    .toString());
            assertThat(secrets).doesNotHaveDuplicates();
            tables = Dump.of(cluster.login());

            carelessLog = logOfACarelessServer(cluster, user);
            assertThat(jeton.terminate()).isZero();
            log = jeton.output() + jeton.log();
        }
        assertThat(ofSecrets.in(String.join("\n", replies)))
                .as("in later replies")
                .isEmpty();
        assertThat(ofDigests.in(String.join("\n", replies)))
                .as("hashes in replies")
                .isEmpty();
        assertThat(log.contains("DEBUG com.zaxxer")).as("the log is loud").isTrue();
        assertThat(ofSecrets.in(log)).as("in the log").isEmpty();
        assertThat(ofSecrets.in(tables)).as("in the tables").isEmpty();
        assertThat(ofDigests.in(tables)).as("the search finds what is there").hasSize(TOKENS + 1);
        assertThat(ofSecrets.in(carelessLog)).as("a careless server's log").hasSize(1);
        assertFilesAreClean();
    }

    /** In the replies there is everything but the secret itself. */
    private static String issue(Console console, User user, int number, Queue<String> replies) {
        CreateTokenResponse created = console.create(newToken(user, "number %d of the tokens".formatted(number)));
        replies.add(created.getToken().toString());
        replies.add(console.verify(use(created)).toString());
        replies.add(refusalOf(console, created.getSecret()));
        return created.getSecret();
    }

    private void lookFor(String secret) {
        String name = "secret " + ++lookedFor;
        ofSecrets.add(name, secret.substring(RANDOM_OFFSET, RANDOM_OFFSET + RANDOM_LENGTH));
        ofDigests.add(name, Dump.sha256(secret));
    }

    /** Issues one more. */
    private String logOfACarelessServer(Cluster cluster, User user) {
        JetonProcess careless = cluster.twin("careless", CarelessJeton.class);
        Console console = new Console(careless.as(cluster.operatorToken()));
        lookFor(console.create(newToken(user, "logged")).getSecret());
        careless.terminate();
        return careless.log();
    }

    private void assertFilesAreClean() throws IOException {
        Traces name = new Traces();
        name.add("a token's name", "number %d of the tokens".formatted(TOKENS / 2));
        Set<String> found = new TreeSet<>();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile)
                    .filter(file ->
                            !file.endsWith("operator-token") && !file.toString().contains("binaries"))
                    .toList()) {
                byte[] content = Files.readAllBytes(file);
                ofSecrets.in(content).forEach(secret -> found.add(secret + " in " + file));
                name.in(content)
                        .forEach(secret ->
                                found.add(secret + " in " + file.getParent().getFileName()));
            }
        }
        assertThat(found)
                .as("the files have names, in tables and in the write-ahead log, and no secrets")
                .isNotEmpty()
                .allMatch(line -> line.startsWith("a token's name"))
                .anyMatch(line -> line.endsWith("pg_wal"));
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
}
