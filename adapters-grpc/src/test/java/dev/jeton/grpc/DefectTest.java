package dev.jeton.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.google.rpc.RequestInfo;
import dev.jeton.domain.error.ErrorReason;
import dev.jeton.domain.error.Unavailable;
import dev.jeton.domain.fixture.Tenants;
import dev.jeton.domain.verification.Verification;
import dev.jeton.grpc.error.StatusMapper;
import dev.jeton.v1.GetTenantRequest;
import dev.jeton.v1.TenantServiceGrpc;
import dev.jeton.v1.VerificationServiceGrpc;
import dev.jeton.v1.VerifyTokenRequest;
import io.grpc.Status;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class DefectTest {
    private static final String SECRETIVE = "SELECT digest FROM token; org.postgresql.PSQLException";

    private final ApiUnderTest api = new ApiUnderTest();
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger(StatusMapper.class);

    @BeforeEach
    void listen() {
        logger.setAdditive(false);
        log.start();
        logger.addAppender(log);
    }

    @AfterEach
    void stop() {
        logger.detachAppender(log);
        logger.setAdditive(true);
        api.close();
    }

    @Test
    void managementDefectRevealsOnlyItsId() {
        api.tenants.failWith(new IllegalStateException(SECRETIVE));

        assertRevealsOnlyItsId(Refusal.of(() -> TenantServiceGrpc.newBlockingStub(api.asCaller())
                .getTenant(GetTenantRequest.newBuilder()
                        .setTenantId(Tenants.anId().toString())
                        .build())));
    }

    @Test
    void verificationDefectRevealsOnlyItsId() {
        api.gate.verifyWith(
                command -> CompletableFuture.<Verification>failedFuture(new IllegalStateException(SECRETIVE)));

        assertRevealsOnlyItsId(Refusal.of(() -> VerificationServiceGrpc.newBlockingStub(api.asCaller())
                .verifyToken(VerifyTokenRequest.getDefaultInstance())));
    }

    @Test
    void synchronousVerificationDefectRevealsOnlyItsId() {
        api.gate.verifyWith(command -> {
            throw new IllegalStateException(SECRETIVE);
        });

        assertRevealsOnlyItsId(Refusal.of(() -> VerificationServiceGrpc.newBlockingStub(api.asCaller())
                .verifyToken(VerifyTokenRequest.getDefaultInstance())));
    }

    @Test
    void everyKindOfDefectIsAnswered() {
        api.tenants.doBefore(() -> {
            throw new StackOverflowError(SECRETIVE);
        });

        assertRevealsOnlyItsId(Refusal.of(() -> TenantServiceGrpc.newBlockingStub(api.asCaller())
                .getTenant(GetTenantRequest.newBuilder()
                        .setTenantId(Tenants.anId().toString())
                        .build())));
    }

    @Test
    void databaseFailuresAreLoggedButNotForEveryCall() {
        api.gate.refuseWith(new Unavailable(
                ErrorReason.DATABASE_UNAVAILABLE,
                "The database does not answer.",
                new IllegalStateException("no route")));

        for (int i = 0; i < 3; i++) {
            Refusal.of(() -> VerificationServiceGrpc.newBlockingStub(api.asCaller())
                    .verifyToken(VerifyTokenRequest.getDefaultInstance()));
        }

        assertThat(log.list).hasSizeBetween(1, 2);
        assertThat(log.list.get(0).getFormattedMessage())
                .isEqualTo("jeton.v1.VerificationService/VerifyToken failed with UNAVAILABLE: "
                        + "java.lang.IllegalStateException: no route");
    }

    private void assertRevealsOnlyItsId(Refusal refusal) {
        String id = refusal.detail(RequestInfo.class).getRequestId();
        assertThat(id).hasSize(36);
        assertThat(refusal.code()).isEqualTo(Status.Code.INTERNAL);
        assertThat(refusal.message())
                .isEqualTo("The server failed; the request is not at fault. The server's log has the cause under id "
                        + id + ".");
        assertThat(refusal.reason()).isEqualTo("INTERNAL");
        assertThat(refusal.info().getMetadataMap())
                .containsEntry("error_id", id)
                .hasSize(1);
        assertThat(refusal.bytes().toString()).doesNotContain("SELECT", "Exception", "Error", "java");
        assertThat(log.list).singleElement().satisfies(event -> {
            assertThat(event.getFormattedMessage()).contains(id, "jeton.v1.");
            assertThat(event.getThrowableProxy().getMessage()).contains(SECRETIVE);
        });
    }
}
