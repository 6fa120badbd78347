package dev.jeton.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jeton.bootstrap.endtoend.RunningJeton;
import dev.jeton.bootstrap.support.Api;
import dev.jeton.bootstrap.support.JetonProcess;
import dev.jeton.v1.ListTenantsRequest;
import dev.jeton.v1.TokenPolicy;
import dev.jeton.v1.Verdict;
import dev.jeton.v1.VerifyTokenRequest;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ServerIT {
    @RegisterExtension
    static final RunningJeton JETON = new RunningJeton();

    private final JetonProcess jeton = JETON.process();
    private final Path directory = JETON.dataDirectory();

    @Test
    void servesTheOperator() {
        assertThat(new Api(jeton.asOperator())
                        .tenants
                        .listTenants(ListTenantsRequest.getDefaultInstance())
                        .getTenantsList())
                .isNotEmpty();
    }

    @Test
    void refusesCallersWithoutAToken() {
        Api anonymous = new Api(jeton.channel());

        assertThatThrownBy(() -> anonymous.tenants.listTenants(ListTenantsRequest.getDefaultInstance()))
                .isInstanceOfSatisfying(
                        StatusRuntimeException.class,
                        refusal -> assertThat(refusal.getStatus().getCode()).isEqualTo(Status.Code.UNAUTHENTICATED));
    }

    @Test
    void verifiesTokens() {
        assertThat(new Api(jeton.asOperator())
                        .verdict(VerifyTokenRequest.newBuilder().setSecret(jeton.operatorToken())))
                .isEqualTo(Verdict.VERDICT_ALLOWED);
    }

    @Test
    void printsOnlyItsAddress() {
        assertThat(jeton.output()).isEqualTo("Jeton is serving on " + jeton.address());
        assertThat(jeton.address()).matches("127\\.0\\.0\\.1:[1-9][0-9]*");
    }

    @Test
    void keepsTheOperatorTokenFromOtherUsersAndFromTheLog() throws Exception {
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
    void logsItsConfigurationWithDefaults() {
        assertThat(jeton.log())
                .contains("--port=0", "--data-dir=" + directory, "--use-interval=1s", "--tombstone-retention=90d");
    }

    @Test
    void refusesASecondServerOnTheSameDirectory() {
        CommandRun second = CommandRun.of("--port=0", "--data-dir=" + directory);

        assertThat(second.exitStatus()).isEqualTo(1);
        assertThat(second.output()).isEmpty();
        assertThat(second.log().lines().skip(1))
                .singleElement()
                .asString()
                .contains("Another Jeton uses data directory " + directory, "--data-dir");
        servesTheOperator();
    }

    /** In a separate process, as operators run it. */
    @Test
    void issuesANewOperatorTokenWhileServing() {
        try (JetonProcess command = JetonProcess.run(directory, "operator-token", "--data-dir=" + directory)) {
            assertThat(command.exitStatus()).as(command.log()).isZero();
            assertThat(command.output()).matches("jtn_[0-9A-Za-z]{82}").isNotEqualTo(jeton.operatorToken());
            assertThat(command.log())
                    .contains("Earlier operator tokens stay valid", "TokenService/ListTokens", "CancelToken")
                    .doesNotContain("jtn_");
            assertThat(new Api(jeton.as(command.output()))
                            .tenant(TokenPolicy.getDefaultInstance())
                            .getId())
                    .isNotEmpty();
        }
    }
}
