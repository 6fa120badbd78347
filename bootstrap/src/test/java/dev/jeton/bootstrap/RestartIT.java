package dev.jeton.bootstrap;

import static dev.jeton.bootstrap.ServerIT.createTenant;
import static dev.jeton.bootstrap.ServerIT.tenants;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jeton.bootstrap.support.JetonProcess;
import dev.jeton.v1.GetTenantRequest;
import dev.jeton.v1.GetTokenRequest;
import dev.jeton.v1.Tenant;
import dev.jeton.v1.TokenServiceGrpc;
import dev.jeton.v1.VerificationServiceGrpc;
import dev.jeton.v1.VerifyTokenRequest;
import io.grpc.Channel;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One directory for all tests, each of which leaves a stopped server with the same first tenant behind. */
class RestartIT {
    @TempDir
    private static Path directory;

    private static Tenant tenant = Tenant.getDefaultInstance();
    private static String operatorToken = "";

    @BeforeEach
    void haveATenant() {
        if (tenant.getId().isEmpty()) {
            try (JetonProcess jeton = JetonProcess.start(directory)) {
                tenant = createTenant(jeton.asOperator(), "Kept");
                operatorToken = jeton.operatorToken();
            }
        }
    }

    @Test
    void stopsCleanlyOnSigterm() {
        try (JetonProcess jeton = JetonProcess.start(directory)) {
            assertThat(jeton.postgres()).isPresent();

            assertThat(jeton.terminate()).isZero();

            assertThat(jeton.postgres()).isEmpty();
            assertThat(jeton.log()).doesNotContain("ERROR", "WARN", "\tat ");
        }
    }

    @Test
    void servesAgainWithAllThatWasThere() {
        try (JetonProcess jeton = JetonProcess.start(directory)) {
            assertThat(stored(jeton)).isEqualTo(tenant);
            assertThat(jeton.operatorToken()).isEqualTo(operatorToken);
        }
    }

    @Test
    void takesTheDirectoryOverFromAServerThatWasKilled() {
        ProcessHandle orphan;
        Tenant acknowledged;
        try (JetonProcess killed = JetonProcess.start(directory)) {
            acknowledged = createTenant(killed.asOperator(), "Acknowledged just before the end");
            killed.kill9();
            orphan = killed.postgres().orElseThrow();

            try (JetonProcess jeton = JetonProcess.start(directory)) {
                assertThat(stored(jeton)).isEqualTo(tenant);
                assertThat(stored(jeton.asOperator(), acknowledged)).isEqualTo(acknowledged);
                assertThat(jeton.postgres()).isPresent().get().isNotEqualTo(orphan);
                assertThat(jeton.log())
                        .contains("Stopping PostgreSQL (process " + orphan.pid()
                                + "), still running after its server was killed");
                assertThat(jeton.terminate()).isZero();
            }
        }
    }

    @Test
    void refusesAPortThatIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                JetonProcess second =
                        JetonProcess.run(directory, "--port=" + taken.getLocalPort(), "--data-dir=" + directory)) {
            assertThat(second.exitStatus()).isEqualTo(1);
            assertThat(second.log())
                    .contains("Cannot listen on 127.0.0.1:" + taken.getLocalPort())
                    .doesNotContain("\tat ");
            assertThat(second.postgres()).isEmpty();
        }
    }

    @Test
    void writesDownTheLastUsesWhenItStops() {
        try (JetonProcess jeton = JetonProcess.start(directory, "--use-interval=40s")) {
            assertThat(stored(jeton)).isEqualTo(tenant);
            assertThat(jeton.terminate()).isZero();
        }
        try (JetonProcess jeton = JetonProcess.start(directory, "--use-interval=40s")) {
            String tokenId = VerificationServiceGrpc.newBlockingStub(jeton.asOperator())
                    .verifyToken(VerifyTokenRequest.newBuilder()
                            .setSecret(operatorToken)
                            .build())
                    .getToken()
                    .getId();
            assertThat(TokenServiceGrpc.newBlockingStub(jeton.asOperator())
                            .getToken(GetTokenRequest.newBuilder()
                                    .setTokenId(tokenId)
                                    .build())
                            .getToken()
                            .hasLastUsedTime())
                    .isTrue();
        }
    }

    @Test
    void makesANewOperatorTokenWhenNoServerRuns() {
        String token;
        try (JetonProcess command = JetonProcess.run(directory, "operator-token", "--data-dir=" + directory)) {
            assertThat(command.exitStatus()).as(command.log()).isZero();
            token = command.output();
            assertThat(command.postgres()).isEmpty();
        }
        try (JetonProcess jeton = JetonProcess.start(directory)) {
            assertThat(stored(jeton.as(token), tenant)).isEqualTo(tenant);
        }
    }

    @Test
    void makesNoOperatorTokenWhereThereIsNoDatabase(@TempDir Path other) {
        try (JetonProcess command = JetonProcess.run(other, "operator-token", "--data-dir=" + other)) {
            assertThat(command.exitStatus()).isEqualTo(1);
            assertThat(command.log())
                    .contains("Data directory " + other + " has no database yet: start the server once");
        }
        assertThat(other).isEmptyDirectory();
    }

    @Test
    void namesBothVersionsOfADirectoryOfAnother(@TempDir Path other) throws Exception {
        Files.writeString(Files.createDirectory(other.resolve("postgres")).resolve("PG_VERSION"), "17\n");
        try (JetonProcess jeton = JetonProcess.run(other, "--port=0", "--data-dir=" + other)) {
            assertThat(jeton.exitStatus()).isEqualTo(1);
            assertThat(jeton.log()).contains("PostgreSQL 17", "PostgreSQL 18").doesNotContain("\tat ");
        }
    }

    @Test
    void reportsFaultsOfTheCommandLineWithoutStarting(@TempDir Path other) {
        try (JetonProcess jeton = JetonProcess.run(other, "--data-dir=" + other, "--prot=1", "--use-interval=2m")) {
            assertThat(jeton.exitStatus()).isEqualTo(2);
            assertThat(jeton.log()).contains("--prot: did you mean --port?", "--use-interval 2m: must be at most 40s");
        }
        assertThat(other).isEmptyDirectory();
    }

    @Test
    void showsHelpAndNothingElse() {
        try (JetonProcess jeton = JetonProcess.run(directory, "--help")) {
            assertThat(jeton.exitStatus()).isZero();
            assertThat(jeton.output()).contains("--data-dir", "JETON_DATA_DIR", "operator-token");
            assertThat(jeton.log()).as("warnings of the JVM").isEmpty();
        }
    }

    private static Tenant stored(JetonProcess jeton) {
        return stored(jeton.asOperator(), tenant);
    }

    static Tenant stored(Channel channel, Tenant tenant) {
        return tenants(channel)
                .getTenant(GetTenantRequest.newBuilder()
                        .setTenantId(tenant.getId())
                        .build())
                .getTenant();
    }
}
