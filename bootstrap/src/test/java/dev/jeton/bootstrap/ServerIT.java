package dev.jeton.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jeton.bootstrap.support.JetonProcess;
import dev.jeton.v1.CreateTenantRequest;
import dev.jeton.v1.ListTenantsRequest;
import dev.jeton.v1.Tenant;
import dev.jeton.v1.TenantServiceGrpc;
import dev.jeton.v1.Verdict;
import dev.jeton.v1.VerificationServiceGrpc;
import dev.jeton.v1.VerifyTokenRequest;
import io.grpc.Channel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerIT {
    @TempDir
    private static Path directory;

    private static JetonProcess jeton;

    @BeforeAll
    static void start() {
        jeton = JetonProcess.start(directory);
    }

    @AfterAll
    static void stop() {
        jeton.close();
    }

    @Test
    void servesTheOperator() {
        assertThat(tenants(jeton.asOperator())
                        .listTenants(ListTenantsRequest.getDefaultInstance())
                        .getTenantsList())
                .isNotEmpty();
    }

    @Test
    void servesNobodyWithoutAToken() {
        assertThatThrownBy(() -> tenants(jeton.channel()).listTenants(ListTenantsRequest.getDefaultInstance()))
                .isInstanceOfSatisfying(
                        StatusRuntimeException.class,
                        refusal -> assertThat(refusal.getStatus().getCode()).isEqualTo(Status.Code.UNAUTHENTICATED));
    }

    @Test
    void printsNothingButWhereItServes() {
        assertThat(jeton.output()).isEqualTo("Jeton is serving on " + jeton.address());
        assertThat(jeton.address()).matches("127\\.0\\.0\\.1:[1-9][0-9]*");
    }

    @Test
    void keepsTheOperatorsTokenFromOtherUsersAndFromTheLog() throws Exception {
        Path file = directory.resolve("operator-token");

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(jeton.log()).contains(file.toString()).doesNotContain("jtn_");
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files.filter(other -> other.getFileName().toString().contains("new")))
                    .isEmpty();
        }
    }

    @Test
    void printsItsConfiguration() {
        assertThat(jeton.log()).contains("--port=0", "--data-dir=" + directory, "--use-interval=30s");
    }

    @Test
    void refusesASecondServerOnTheSameDirectory() {
        try (JetonProcess second = JetonProcess.run(directory, "--port=0", "--data-dir=" + directory)) {
            assertThat(second.exitStatus()).isEqualTo(1);
            assertThat(second.output()).isEmpty();
            assertThat(second.log().lines().skip(1))
                    .singleElement()
                    .asString()
                    .contains("Another Jeton uses data directory " + directory, "--data-dir");
        }
        servesTheOperator();
    }

    @Test
    void makesANewOperatorTokenWhileServing() {
        try (JetonProcess command = JetonProcess.run(directory, "operator-token", "--data-dir=" + directory)) {
            assertThat(command.exitStatus()).as(command.log()).isZero();
            assertThat(command.output()).matches("jtn_[0-9A-Za-z]{82}").isNotEqualTo(jeton.operatorToken());
            assertThat(command.log()).doesNotContain("jtn_");
            Tenant tenant = createTenant(jeton.as(command.output()), "Made by the new operator");
            assertThat(tenant.getId()).isNotEmpty();
        }
    }

    @Test
    void verifiesTokens() {
        assertThat(VerificationServiceGrpc.newBlockingStub(jeton.asOperator())
                        .verifyToken(VerifyTokenRequest.newBuilder()
                                .setSecret(jeton.operatorToken())
                                .build())
                        .getVerdict())
                .isEqualTo(Verdict.VERDICT_ALLOWED);
    }

    static Tenant createTenant(Channel channel, String name) {
        return tenants(channel)
                .createTenant(
                        CreateTenantRequest.newBuilder().setDisplayName(name).build())
                .getTenant();
    }

    static TenantServiceGrpc.TenantServiceBlockingStub tenants(Channel channel) {
        return TenantServiceGrpc.newBlockingStub(channel);
    }
}
