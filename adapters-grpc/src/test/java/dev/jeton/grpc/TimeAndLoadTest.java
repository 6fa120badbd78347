package dev.jeton.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.rpc.RetryInfo;
import dev.jeton.domain.error.Unauthenticated;
import dev.jeton.domain.fixture.Tenants;
import dev.jeton.domain.fixture.Tokens;
import dev.jeton.domain.verification.Verification;
import dev.jeton.v1.CancelTokenRequest;
import dev.jeton.v1.DeleteTokenRequest;
import dev.jeton.v1.GetTenantRequest;
import dev.jeton.v1.GetTenantResponse;
import dev.jeton.v1.ReactivateTokenRequest;
import dev.jeton.v1.TenantServiceGrpc;
import dev.jeton.v1.TokenServiceGrpc;
import dev.jeton.v1.Verdict;
import dev.jeton.v1.VerificationServiceGrpc;
import dev.jeton.v1.VerifyTokenRequest;
import dev.jeton.v1.VerifyTokenResponse;
import io.grpc.Context;
import io.grpc.Deadline;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Tag("G14")
@Timeout(30)
class TimeAndLoadTest {
    private static final int VERIFICATIONS = 2;
    private static final GetTenantRequest GET_TENANT =
            GetTenantRequest.newBuilder().setTenantId(Tenants.anId().toString()).build();

    private final ApiUnderTest api = new ApiUnderTest(limits(Duration.ofMillis(300), 2, 1));
    private final CountDownLatch started = new CountDownLatch(2);
    private final CountDownLatch released = new CountDownLatch(1);

    @AfterEach
    void stop() {
        released.countDown();
        api.close();
    }

    @Test
    void callWithoutDeadlineEndsAfterTheServersDefault() {
        block();

        Refusal refusal = Refusal.of(
                () -> TenantServiceGrpc.newBlockingStub(api.asCaller()).getTenant(GET_TENANT));

        assertThat(refusal.code()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
        assertThat(refusal.message())
                .isEqualTo("The deadline passed before the call was answered. Nothing was changed; retry.");
    }

    @Test
    void verificationWithoutDeadlineEndsAfterTheServersDefault() {
        api.gate.verifyWith(command -> new CompletableFuture<>());

        Refusal refusal = Refusal.of(() -> VerificationServiceGrpc.newBlockingStub(api.asCaller())
                .verifyToken(VerifyTokenRequest.getDefaultInstance()));

        assertThat(refusal.code()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
    }

    @Test
    void callersDeadlineWins() {
        CompletableFuture<Deadline> deadline = new CompletableFuture<>();
        api.tenants.doBefore(() -> deadline.complete(Context.current().getDeadline()));

        TenantServiceGrpc.newBlockingStub(api.asCaller())
                .withDeadlineAfter(60, TimeUnit.SECONDS)
                .getTenant(GET_TENANT);

        assertThat(deadline.join().timeRemaining(TimeUnit.SECONDS)).isGreaterThan(20);
    }

    @Test
    void stopsWaitingForTheCallersTokenAtTheDeadline() {
        api.gate.neverAnswer();

        assertThat(Refusal.of(() -> TenantServiceGrpc.newBlockingStub(api.asCaller())
                                .getTenant(GET_TENANT))
                        .code())
                .isEqualTo(Status.Code.DEADLINE_EXCEEDED);
    }

    /** A flood of calls must not cost a lookup each. */
    @Test
    void authenticatesNoMoreCallersThanItAdmits() {
        api.gate.neverAnswer();
        TenantServiceGrpc.TenantServiceFutureStub tenants = TenantServiceGrpc.newFutureStub(api.asCaller());
        int threadsAndQueue = 3;
        for (int i = 0; i < threadsAndQueue; i++) {
            tenants.getTenant(GET_TENANT);
        }

        Refusal refusal = Refusal.of(
                () -> TenantServiceGrpc.newBlockingStub(api.asCaller()).getTenant(GET_TENANT));

        assertThat(refusal.reason()).isEqualTo("SERVER_OVERLOADED");
    }

    @Test
    void refusedCallerFreesItsPermit() {
        api.gate.refuseWith(new Unauthenticated());
        int moreThanThreadsAndQueue = 5;
        for (int i = 0; i < moreThanThreadsAndQueue; i++) {
            assertThat(Refusal.of(() -> TenantServiceGrpc.newBlockingStub(api.asCaller())
                                    .getTenant(GET_TENANT))
                            .code())
                    .isEqualTo(Status.Code.UNAUTHENTICATED);
        }
    }

    @Test
    void refusesCallsBeyondTheQueueAndStartsNoExpiredCall() throws Exception {
        block();
        TenantServiceGrpc.TenantServiceFutureStub tenants = TenantServiceGrpc.newFutureStub(api.asCaller());
        tenants.getTenant(GET_TENANT);
        tenants.getTenant(GET_TENANT);
        started.await();
        Future<GetTenantResponse> waiting = tenants.getTenant(GET_TENANT);

        Refusal refusal = Refusal.of(() -> TenantServiceGrpc.newBlockingStub(api.asCaller())
                .withDeadlineAfter(20, TimeUnit.SECONDS)
                .getTenant(GET_TENANT));
        assertThat(refusal.code()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        assertThat(refusal.message())
                .isEqualTo(
                        "The server is overloaded and did not start the call. Retry after one second, then with back-off.");

        Throwable late = catchThrowable(waiting::get);
        assertThat(late).isInstanceOf(ExecutionException.class);
        assertThat(Status.fromThrowable(late).getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
        released.countDown();
        assertThat(getTenantOnceAdmitted().hasTenant()).isTrue();
        assertThat(api.tenants.timesAsked()).isEqualTo(3);
    }

    @Test
    void overloadCarriesARetryDelay() throws Exception {
        fill();

        Refusal refusal = Refusal.of(() -> TenantServiceGrpc.newBlockingStub(api.asCaller())
                .withDeadlineAfter(20, TimeUnit.SECONDS)
                .getTenant(GET_TENANT));

        assertThat(refusal.reason()).isEqualTo("SERVER_OVERLOADED");
        assertThat(refusal.detail(RetryInfo.class).getRetryDelay().getSeconds()).isEqualTo(1);
    }

    @Test
    void revokesWhileOverloaded() throws Exception {
        fill();
        String tokenId = Tokens.anId().toString();

        TokenServiceGrpc.TokenServiceBlockingStub tokens =
                TokenServiceGrpc.newBlockingStub(api.asCaller()).withDeadlineAfter(20, TimeUnit.SECONDS);
        assertThat(tokens.cancelToken(CancelTokenRequest.newBuilder()
                                .setTokenId(tokenId)
                                .build())
                        .hasToken())
                .isTrue();
        assertThat(tokens.deleteToken(
                        DeleteTokenRequest.newBuilder().setTokenId(tokenId).build()))
                .isNotNull();
        assertThat(Refusal.of(() -> tokens.reactivateToken(ReactivateTokenRequest.newBuilder()
                                .setTokenId(tokenId)
                                .build()))
                        .reason())
                .isEqualTo("SERVER_OVERLOADED");
    }

    @Test
    void verifiesWhileAllManagementThreadsAreBusy() throws Exception {
        block();
        TenantServiceGrpc.TenantServiceFutureStub tenants = TenantServiceGrpc.newFutureStub(api.asCaller());
        tenants.getTenant(GET_TENANT);
        tenants.getTenant(GET_TENANT);
        started.await();

        assertThat(VerificationServiceGrpc.newBlockingStub(api.asCaller())
                        .verifyToken(VerifyTokenRequest.getDefaultInstance())
                        .getVerdictValue())
                .isPositive();
    }

    @Test
    void refusesVerificationsBeyondTheLimitAndStillRevokes() throws Exception {
        CompletableFuture<Verification> verdict = new CompletableFuture<>();
        api.gate.verifyWith(command -> verdict);
        VerificationServiceGrpc.VerificationServiceFutureStub waiting =
                VerificationServiceGrpc.newFutureStub(api.asCaller()).withDeadlineAfter(60, TimeUnit.SECONDS);
        Future<VerifyTokenResponse> first = waiting.verifyToken(VerifyTokenRequest.getDefaultInstance());
        Future<VerifyTokenResponse> last = waiting.verifyToken(VerifyTokenRequest.getDefaultInstance());

        Refusal refusal = Refusal.of(() -> verify(VerifyTokenRequest.getDefaultInstance()));
        assertThat(refusal.code()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        assertThat(refusal.reason()).isEqualTo("SERVER_OVERLOADED");
        assertThat(refusal.detail(RetryInfo.class).getRetryDelay().getSeconds()).isEqualTo(1);
        assertThat(TokenServiceGrpc.newBlockingStub(api.asCaller())
                        .cancelToken(CancelTokenRequest.newBuilder()
                                .setTokenId(Tokens.anId().toString())
                                .build())
                        .hasToken())
                .isTrue();

        verdict.complete(Verification.Unknown.NOT_FOUND);
        assertThat(first.get().getVerdict()).isEqualTo(Verdict.VERDICT_NOT_FOUND);
        assertThat(last.get().getVerdict()).isEqualTo(Verdict.VERDICT_NOT_FOUND);
        assertThat(verify(VerifyTokenRequest.getDefaultInstance()).getVerdict()).isEqualTo(Verdict.VERDICT_NOT_FOUND);
    }

    @Test
    void everyVerificationFreesItsPermit() {
        api.gate.verifyWith(command -> CompletableFuture.failedFuture(new Unauthenticated()));
        refusesMoreOftenThanTheLimit(VerifyTokenRequest.getDefaultInstance(), Status.Code.UNAUTHENTICATED);

        api.gate.verifyWith(command -> {
            throw new IllegalStateException("a defect");
        });
        refusesMoreOftenThanTheLimit(VerifyTokenRequest.getDefaultInstance(), Status.Code.INTERNAL);

        refusesMoreOftenThanTheLimit(
                VerifyTokenRequest.newBuilder().setTenantId("no id").build(), Status.Code.INVALID_ARGUMENT);
    }

    @Test
    void worksOnNamedThreads() {
        CompletableFuture<String> name = new CompletableFuture<>();
        api.tenants.doBefore(() -> name.complete(Thread.currentThread().getName()));

        TenantServiceGrpc.newBlockingStub(api.asCaller())
                .withDeadlineAfter(20, TimeUnit.SECONDS)
                .getTenant(GET_TENANT);

        assertThat(name.join()).startsWith("jeton-grpc-management-");
    }

    private VerifyTokenResponse verify(VerifyTokenRequest request) {
        return VerificationServiceGrpc.newBlockingStub(api.asCaller())
                .withDeadlineAfter(20, TimeUnit.SECONDS)
                .verifyToken(request);
    }

    private void refusesMoreOftenThanTheLimit(VerifyTokenRequest request, Status.Code code) {
        for (int i = 0; i <= VERIFICATIONS; i++) {
            assertThat(Refusal.of(() -> verify(request)).code()).isEqualTo(code);
        }
    }

    private GetTenantResponse getTenantOnceAdmitted() {
        while (true) {
            try {
                return TenantServiceGrpc.newBlockingStub(api.asCaller())
                        .withDeadlineAfter(20, TimeUnit.SECONDS)
                        .getTenant(GET_TENANT);
            } catch (StatusRuntimeException full) {
                assertThat(full.getStatus().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
            }
        }
    }

    /** Occupies all threads and the only place in the queue. */
    private void fill() throws InterruptedException {
        block();
        TenantServiceGrpc.TenantServiceFutureStub tenants =
                TenantServiceGrpc.newFutureStub(api.asCaller()).withDeadlineAfter(60, TimeUnit.SECONDS);
        tenants.getTenant(GET_TENANT);
        tenants.getTenant(GET_TENANT);
        started.await();
        tenants.getTenant(GET_TENANT);
        while (Refusal.of(() -> TenantServiceGrpc.newBlockingStub(api.asCaller())
                                .getTenant(GET_TENANT))
                        .code()
                == Status.Code.DEADLINE_EXCEEDED) {
            tenants.getTenant(GET_TENANT);
        }
    }

    private void block() {
        api.tenants.doBefore(() -> {
            started.countDown();
            boolean interrupted = false;
            while (released.getCount() > 0) {
                try {
                    released.await();
                } catch (InterruptedException later) {
                    interrupted = true;
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private static GrpcLimits limits(Duration deadline, int threads, int queue) {
        GrpcLimits usual = GrpcLimits.DEFAULT;
        return new GrpcLimits(
                usual.maxRequestBytes(),
                usual.maxBatchBytes(),
                usual.maxNesting(),
                usual.maxMetadataBytes(),
                usual.maxCallsPerConnection(),
                usual.maxResetsPerWindow(),
                usual.resetWindow(),
                usual.maxConnectionAge(),
                usual.connectionAgeGrace(),
                usual.maxConnectionIdle(),
                usual.minKeepAliveInterval(),
                usual.handshakeTimeout(),
                deadline,
                VERIFICATIONS,
                threads,
                queue,
                1,
                1);
    }
}
