package dev.jeton.bootstrap;

import static dev.jeton.bootstrap.support.Api.newToken;
import static dev.jeton.bootstrap.support.Api.use;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.jeton.bootstrap.storage.PreparedData;
import dev.jeton.bootstrap.support.Api;
import dev.jeton.bootstrap.support.JetonProcess;
import dev.jeton.v1.CreateTokenResponse;
import dev.jeton.v1.GetTenantRequest;
import dev.jeton.v1.Tenant;
import dev.jeton.v1.TokenPolicy;
import dev.jeton.v1.Verdict;
import java.io.BufferedReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server stops and starts again, or fails to start. {@code KilledServerIT} kills it. */
@Tag("G3")
@Timeout(120)
class RestartIT {
    private static final int NAMELESS_USER = 12345;

    @TempDir
    private Path directory;

    @Test
    void stopsCleanlyOnSigtermAndStartsAgainWithAllData() {
        // So long that last-used times are saved only at the stop.
        String rarely = "--use-interval=40s";
        Tenant tenant;
        CreateTokenResponse used;
        String operatorToken;
        try (JetonProcess jeton = JetonProcess.start(directory, rarely)) {
            Api operator = new Api(jeton.asOperator());
            tenant = operator.tenant(TokenPolicy.getDefaultInstance());
            used = operator.create(newToken(operator.user(tenant.getId()), "used"));
            assertThat(operator.verdict(use(used))).isEqualTo(Verdict.VERDICT_ALLOWED);
            operatorToken = jeton.operatorToken();
            assertThat(jeton.postgres()).isPresent();

            assertThat(jeton.terminate()).isZero();

            assertThat(jeton.postgres()).isEmpty();
            assertThat(jeton.log()).doesNotContain("ERROR", "WARN", "\tat ");
        }

        assertThatTheTrailWasSealed(tenant);
        String newOperatorToken = issueOperatorToken();
        assertThat(JetonProcess.postgres(directory)).isEmpty();

        try (JetonProcess jeton = JetonProcess.start(directory, rarely)) {
            assertThat(jeton.operatorToken()).isEqualTo(operatorToken);
            Api operator = new Api(jeton.asOperator());
            assertThat(stored(operator, tenant)).isEqualTo(tenant);
            assertThat(stored(new Api(jeton.as(newOperatorToken)), tenant)).isEqualTo(tenant);
            assertThat(operator.get(used.getToken().getId()).hasLastUsedTime())
                    .as("the last use was saved when the server stopped")
                    .isTrue();
        }
    }

    /** The server sealed it while stopping; before, the last event was too recent. */
    private void assertThatTheTrailWasSealed(Tenant tenant) {
        CommandRun verify = CommandRun.of("audit", "verify", "--tenant=" + tenant.getId(), "--data-dir=" + directory);

        assertThat(verify.exitStatus()).as(verify.log()).isZero();
        assertThat(verify.output()).contains(tenant.getId() + " intact: 3 events, last hash ");
        assertThat(JetonProcess.postgres(directory)).isEmpty();
    }

    private String issueOperatorToken() {
        CommandRun command = CommandRun.of("operator-token", "--data-dir=" + directory);

        assertThat(command.exitStatus()).as(command.log()).isZero();
        return command.output();
    }

    @Test
    void refusesAPortThatIsTakenBeforeItSetsAnythingUp() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CommandRun second = CommandRun.of("--port=" + taken.getLocalPort(), "--data-dir=" + directory);

            assertThat(second.exitStatus()).isEqualTo(1);
            assertThat(second.log())
                    .contains("Cannot listen on 127.0.0.1:" + taken.getLocalPort())
                    .doesNotContain("\tat ");
            assertThat(directory).isEmptyDirectory();
        }
    }

    /** 192.0.2.1 is reserved for documentation. */
    @Test
    void refusesAnAddressOfAnotherMachineBeforeItSetsAnythingUp() {
        CommandRun jeton =
                CommandRun.of("--bind=192.0.2.1", "--port=0", "--allow-plaintext", "--data-dir=" + directory);

        assertThat(jeton.exitStatus()).isEqualTo(1);
        assertThat(jeton.log()).contains("Cannot listen on 192.0.2.1:0 (Cannot assign requested address)", "--bind");
        assertThat(directory).isEmptyDirectory();
    }

    /** As on platforms that choose a user ID for each container. */
    @Test
    void startsAsAUserWithoutAName() throws Exception {
        assumeThat(Files.getAttribute(directory, "unix:uid"))
                .as("only root can become another user")
                .isEqualTo(0);
        Files.setAttribute(directory, "unix:uid", NAMELESS_USER);
        List<String> command = new ArrayList<>(List.of(
                "setpriv",
                "--reuid=" + NAMELESS_USER,
                "--clear-groups",
                Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(JetonProcess.jvmOptions());
        command.addAll(List.of(
                "-jar",
                JetonProcess.JAR.toAbsolutePath().toString(),
                "--port=0",
                "--warm-up=0",
                "--data-dir=" + directory));
        Process jeton = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (BufferedReader output = jeton.inputReader()) {
            assertThat(output.lines().anyMatch(line -> line.startsWith("Jeton is serving on ")))
                    .isTrue();
        } finally {
            jeton.destroy();
            assertThat(jeton.waitFor()).isZero();
        }
        assertThat(JetonProcess.postgres(directory)).isEmpty();
    }

    @Test
    void issuesNoOperatorTokenWithoutADatabase() {
        CommandRun command = CommandRun.of("operator-token", "--data-dir=" + directory);

        assertThat(command.exitStatus()).isEqualTo(1);
        assertThat(command.log())
                .contains("Data directory " + directory + " has no database yet: start the server once");
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void namesBothVersionsWhenAnotherPostgresMadeTheDirectory() throws Exception {
        PreparedData.unpackedIn(directory);
        Files.writeString(Files.createDirectory(directory.resolve("postgres")).resolve("PG_VERSION"), "17\n");

        CommandRun jeton = CommandRun.of("--port=0", "--data-dir=" + directory);

        assertThat(jeton.exitStatus()).isEqualTo(1);
        assertThat(jeton.log()).contains("PostgreSQL 17", "PostgreSQL 18").doesNotContain("\tat ");
    }

    /** In a separate process, as users run it. */
    @Test
    void reportsErrorsOfTheCommandLineWithoutStarting() {
        try (JetonProcess jeton =
                JetonProcess.run(directory, "--data-dir=" + directory, "--prot=1", "--use-interval=2m")) {
            assertThat(jeton.exitStatus()).isEqualTo(2);
            assertThat(jeton.log()).contains("--prot: did you mean --port?", "--use-interval 2m: must be at most 40s");
        }
        assertThat(directory).isEmptyDirectory();
    }

    /** In a separate process, because the JVM may print warnings. */
    @Test
    void printsOnlyTheHelp() {
        try (JetonProcess jeton = JetonProcess.run(directory, "--help")) {
            assertThat(jeton.exitStatus()).isZero();
            assertThat(jeton.output()).contains("--data-dir", "JETON_DATA_DIR", "operator-token");
            assertThat(jeton.log()).as("warnings of the JVM").isEmpty();
        }
    }

    private static Tenant stored(Api api, Tenant tenant) {
        return api.tenants
                .getTenant(GetTenantRequest.newBuilder()
                        .setTenantId(tenant.getId())
                        .build())
                .getTenant();
    }
}
