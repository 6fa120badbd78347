package dev.jeton.bootstrap.endtoend;

import static dev.jeton.bootstrap.support.Api.newToken;
import static dev.jeton.bootstrap.support.Api.use;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.jeton.bootstrap.CommandRun;
import dev.jeton.bootstrap.support.Awaiting;
import dev.jeton.bootstrap.support.Cluster;
import dev.jeton.bootstrap.support.Dump;
import dev.jeton.bootstrap.support.JetonProcess;
import dev.jeton.bootstrap.support.SharedPostgres;
import dev.jeton.bootstrap.support.Traces;
import dev.jeton.v1.BatchVerifyTokensRequest;
import dev.jeton.v1.CreateTenantRequest;
import dev.jeton.v1.CreateTokenResponse;
import dev.jeton.v1.User;
import dev.jeton.v1.Verdict;
import dev.jeton.v1.VerifyTokenRequest;
import dev.jeton.v1.VerifyTokenResponse;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rotates from unkeyed hashes to a first and then a second key; every token stays valid. */
class SecretKeyIT {
    private static final SecureRandom RANDOM = new SecureRandom();

    @TempDir
    Path directory;

    private final String first = key("first");
    private final String second = key("second");
    private final Traces ofDigests = new Traces();
    private Cluster cluster;
    private User user;

    @Test
    void tokensSurviveARotationOfKeys() throws Exception {
        try (Cluster started = Cluster.on(directory, SharedPostgres.newMigratedDatabase())) {
            cluster = started;
            CreateTokenResponse used;
            CreateTokenResponse cancelled;
            CreateTokenResponse idle;
            try (JetonProcess keyless = server("keyless", "none", first)) {
                Console before = new Console(keyless.asOperator());
                user = before.user(before.tenants
                        .createTenant(CreateTenantRequest.newBuilder()
                                .setDisplayName("Acme")
                                .build())
                        .getTenant()
                        .getId());
                used = issued(before, "used");
                cancelled = issued(before, "cancelled");
                idle = issued(before, "idle");
                before.cancel(cancelled.getToken().getId(), "lost");
                assertThat(plainDigests()).containsExactlyInAnyOrder("used", "cancelled", "idle");
                try (JetonProcess old = server("old", first)) {
                    Console console = new Console(old.as(operator()));
                    CreateTokenResponse keyed = issued(console, "keyed");
                    assertThat(tokensOf("first")).isPositive();
                    assertThat(verdicts(before, keyed))
                            .as("on a server that uses the key for verification only")
                            .containsExactly(Verdict.VERDICT_ALLOWED);
                    Awaiting.until(this::plainDigests, names -> names.contains("keyed"));
                    assertThat(verdicts(console, used, keyed, cancelled))
                            .containsExactly(
                                    Verdict.VERDICT_ALLOWED, Verdict.VERDICT_ALLOWED, Verdict.VERDICT_CANCELLED);
                    Awaiting.until(this::plainDigests, Set.of("cancelled", "idle")::equals);
                    assertThatServersWithoutTheFirstKeyDoNotStart();
                    try (JetonProcess next = server("next", second, first)) {
                        Console newer = new Console(next.as(operator()));
                        assertThat(verdicts(newer, used, keyed, idle, cancelled))
                                .containsExactly(
                                        Verdict.VERDICT_ALLOWED,
                                        Verdict.VERDICT_ALLOWED,
                                        Verdict.VERDICT_ALLOWED,
                                        Verdict.VERDICT_CANCELLED);
                        Awaiting.until(() -> tokensOf("first"), number -> number == 0);
                        Awaiting.until(this::plainDigests, Set.of("cancelled")::equals);
                        assertThat(verdicts(console, used))
                                .as("with the hash that the old server has cached")
                                .containsExactly(Verdict.VERDICT_ALLOWED);
                        String gateway = console.gateway();
                        CreateTokenResponse tooEarly = issued(newer, "too early");
                        StatusRuntimeException failure =
                                catchThrowableOfType(StatusRuntimeException.class, () -> console.verify(use(tooEarly)));
                        assertThat(failure.getStatus().getCode())
                                .as("an error, not a denial")
                                .isEqualTo(Code.UNAVAILABLE);
                        VerifyTokenRequest.Builder itself =
                                VerifyTokenRequest.newBuilder().setSecret(gateway);
                        List<VerifyTokenResponse> batch = new Console(old.as(gateway))
                                .verification
                                .batchVerifyTokens(BatchVerifyTokensRequest.newBuilder()
                                        .addRequests(use(tooEarly))
                                        .addRequests(itself)
                                        .build())
                                .getResponsesList();
                        assertThat(batch)
                                .as("the error of one element")
                                .extracting(VerifyTokenResponse::getVerdict, reply -> reply.getError()
                                        .getCode())
                                .containsExactly(
                                        tuple(Verdict.VERDICT_UNSPECIFIED, Code.UNAVAILABLE.value()),
                                        tuple(Verdict.VERDICT_ALLOWED, Code.OK.value()));
                        assertThat(old.log()).contains("hmac-sha256:second");
                        assertThat(newer.verdict(use(tooEarly))).isEqualTo(Verdict.VERDICT_ALLOWED);
                        assertThat(newer.verdict(itself)).isEqualTo(Verdict.VERDICT_ALLOWED);
                        Awaiting.until(() -> tokensOf("first"), number -> number == 0);
                    }
                }
            }
            try (JetonProcess last = server("last", second)) {
                Console console = new Console(last.as(operator()));
                assertThat(verdicts(console, used, idle, cancelled))
                        .containsExactly(Verdict.VERDICT_ALLOWED, Verdict.VERDICT_ALLOWED, Verdict.VERDICT_CANCELLED);
            }
        }
    }

    /** The database still has tokens that need the first key. */
    private void assertThatServersWithoutTheFirstKeyDoNotStart() {
        CommandRun keyless = serverThatFails("a");
        CommandRun other = serverThatFails("b", second);
        CommandRun impostor = serverThatFails("c", key("first"));

        for (CommandRun missing : List.of(keyless, other)) {
            assertThat(missing.exitStatus()).isNotZero();
            assertThat(missing.log()).contains("a key that this server was not given: hmac-sha256:first.");
        }
        assertThat(impostor.exitStatus()).isNotZero();
        assertThat(impostor.log()).contains("a different key with the same id: hmac-sha256:first.");
    }

    private CreateTokenResponse issued(Console console, String name) {
        CreateTokenResponse created = console.create(newToken(user, name));
        ofDigests.add(name, Dump.sha256(created.getSecret()));
        return created;
    }

    private static List<Verdict> verdicts(Console console, CreateTokenResponse... tokens) {
        return Stream.of(tokens).map(token -> console.verdict(use(token))).toList();
    }

    /** The names of the tokens whose hash is unkeyed. */
    private Set<String> plainDigests() {
        try {
            Set<String> names = new TreeSet<>();
            for (String found : ofDigests.in(Dump.of(cluster.login()))) {
                names.add(found.replace(" in hexadecimal digits", ""));
            }
            return names;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private long tokensOf(String keyId) {
        try {
            return Dump.of(cluster.login())
                    .lines()
                    .filter(row -> row.contains("\thmac-sha256:" + keyId + "\t"))
                    .count();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private String operator() {
        try {
            return Files.readString(directory.resolve("keyless/operator-token")).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private CommandRun serverThatFails(String name, String... keys) {
        List<String> arguments = new ArrayList<>(List.of("--data-dir=" + directory.resolve(name), "--port=0"));
        arguments.addAll(List.of(options(name, keys)));
        return CommandRun.of(arguments.toArray(String[]::new));
    }

    private JetonProcess server(String name, String... keys) {
        return JetonProcess.start(directory.resolve(name), options(name, keys));
    }

    /** @param keys the newest first; without any, the server has no key file */
    private String[] options(String name, String... keys) {
        List<String> options = new ArrayList<>(List.of(
                "--use-interval=100ms",
                "--db-url=" + cluster.login().url(),
                "--db-user=" + cluster.login().user(),
                "--db-password-file=" + directory.resolve("password")));
        if (keys.length > 0) {
            options.add("--secret-key-file=" + keyFile(name, keys));
        }
        return options.toArray(String[]::new);
    }

    private Path keyFile(String name, String... keys) {
        try {
            Path file = Files.write(directory.resolve(name + ".keys"), List.of(keys));
            return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A new random key. */
    private static String key(String id) {
        byte[] bytes = new byte[32];
        RANDOM.nextBytes(bytes);
        return id + " " + Base64.getEncoder().encodeToString(bytes);
    }
}
