package dev.jeton.bootstrap.endtoend;

import static dev.jeton.bootstrap.support.Api.newToken;
import static dev.jeton.bootstrap.support.Api.use;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jeton.bootstrap.support.Api;
import dev.jeton.bootstrap.support.Cluster;
import dev.jeton.bootstrap.support.Dump;
import dev.jeton.bootstrap.support.JetonProcess;
import dev.jeton.bootstrap.support.Traces;
import dev.jeton.bootstrap.support.reply.Disclosures;
import dev.jeton.campaigns.hostile.CarelessJeton;
import dev.jeton.v1.CreateTokenResponse;
import dev.jeton.v1.CreateUserRequest;
import dev.jeton.v1.ListAuditEventsRequest;
import dev.jeton.v1.ListTokensRequest;
import dev.jeton.v1.TokenPolicy;
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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Searches for issued secrets wherever the server leaves data: every table, the database's files and write-ahead log, the server's log at its most
 * verbose, and all replies except the one that shows the secret.
 */
@Tag("G5")
class SecretsStaySecretIT {
    private static final int TOKENS = 1_000;

    private static final int CALLERS = 16;
    private static final String NAME = "number %d of the tokens";

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
            CompletableFuture<JetonProcess> careless =
                    CompletableFuture.supplyAsync(() -> cluster.twin("careless", CarelessJeton.class));
            Api operator = new Api(jeton.asOperator());
            User user = operator.user(
                    operator.tenant(TokenPolicy.getDefaultInstance()).getId());
            List<String> secrets = issueAll(operator, user, replies);
            secrets.forEach(this::lookFor);
            lookFor(jeton.operatorToken());
            replies.add(operator.list(ListTokensRequest.newBuilder()
                            .setTenantId(user.getTenantId())
                            .setPageSize(1000))
                    .toString());
            replies.add(operator.audit
                    .listAuditEvents(ListAuditEventsRequest.newBuilder()
                            .setTenantId(user.getTenantId())
                            .setPageSize(1000)
                            .build())
                    .toString());
            assertThat(secrets).doesNotHaveDuplicates();
            tables = Dump.of(cluster.login());

            carelessLog = logOf(careless.join(), cluster.operatorToken(), user);
            assertThat(jeton.terminate()).isZero();
            log = jeton.output() + jeton.log();
        }
        assertThat(ofSecrets.in(String.join("\n", replies)))
                .as("in later replies")
                .isEmpty();
        assertThat(ofDigests.in(String.join("\n", replies)))
                .as("hashes in replies")
                .isEmpty();
        assertThat(log.contains("DEBUG com.zaxxer")).as("the log is verbose").isTrue();
        assertThat(ofSecrets.in(log)).as("in the log").isEmpty();
        assertThat(ofSecrets.in(tables)).as("in the tables").isEmpty();
        assertThat(ofDigests.in(tables)).as("the search finds digests").hasSize(TOKENS + 1);
        assertThat(ofSecrets.in(carelessLog)).as("a careless server's log").hasSize(1);
        assertFilesAreClean();
    }

    private static List<String> issueAll(Api operator, User user, Queue<String> replies) {
        ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
        try {
            List<CompletableFuture<String>> issued = IntStream.range(0, TOKENS)
                    .mapToObj(i -> CompletableFuture.supplyAsync(() -> issue(operator, user, i, replies), callers))
                    .toList();
            return issued.stream().map(CompletableFuture::join).toList();
        } finally {
            callers.shutdown();
        }
    }

    /** Returns the new secret, and adds everything else in the replies to {@code replies}. */
    private static String issue(Api operator, User user, int number, Queue<String> replies) {
        CreateTokenResponse created = operator.create(newToken(user, NAME.formatted(number)));
        replies.add(created.getToken().toString());
        replies.add(operator.verify(use(created)).toString());
        replies.add(refusalOf(operator, created.getSecret()));
        return created.getSecret();
    }

    private void lookFor(String secret) {
        String name = "secret " + ++lookedFor;
        ofSecrets.add(name, Disclosures.randomPart(secret));
        ofDigests.add(name, Dump.sha256(secret));
    }

    /** Issues one more token through the twin. */
    private String logOf(JetonProcess careless, String operatorToken, User user) {
        Api operator = new Api(careless.as(operatorToken));
        lookFor(operator.create(newToken(user, "logged")).getSecret());
        careless.terminate();
        return careless.log();
    }

    private void assertFilesAreClean() throws IOException {
        ofSecrets.add("a token's name", NAME.formatted(TOKENS / 2));
        Set<String> found = new TreeSet<>();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile)
                    .filter(file ->
                            !file.endsWith("operator-token") && !file.toString().contains("binaries"))
                    .toList()) {
                ofSecrets
                        .in(Files.readAllBytes(file))
                        .forEach(secret -> found.add(secret + " in " + directory.relativize(file)));
            }
        }
        assertThat(found)
                .as("token names are in the table files and the write-ahead log, secrets are not")
                .isNotEmpty()
                .allMatch(line -> line.startsWith("a token's name"))
                .anyMatch(line -> line.contains("/pg_wal/"));
    }

    /** The error for a secret passed as an id, which must not repeat it. */
    private static String refusalOf(Api operator, String secret) {
        try {
            return operator.users
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
