package dev.jeton.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.jeton.application.page.Page;
import dev.jeton.application.port.inbound.token.TokenView;
import dev.jeton.domain.fixture.Tenants;
import dev.jeton.domain.fixture.Tokens;
import dev.jeton.domain.fixture.Users;
import dev.jeton.domain.policy.ExpirationChoice;
import dev.jeton.domain.policy.TokenPolicy;
import dev.jeton.domain.scope.Scopes;
import dev.jeton.domain.text.FreeText;
import dev.jeton.domain.text.TokenName;
import dev.jeton.domain.token.TokenDraft;
import dev.jeton.domain.token.TokenStatus;
import dev.jeton.v1.GetTenantRequest;
import dev.jeton.v1.GetTokenRequest;
import dev.jeton.v1.ListTenantsRequest;
import dev.jeton.v1.ListTokensRequest;
import dev.jeton.v1.ListTokensResponse;
import dev.jeton.v1.TenantServiceGrpc;
import dev.jeton.v1.TokenServiceGrpc;
import dev.jeton.v1.VerificationServiceGrpc;
import dev.jeton.v1.VerifyTokenRequest;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import java.time.Duration;
import java.util.Collections;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What one tenant may occupy of the server's threads, queues and memory. */
@Tag("G21")
@Timeout(60)
class FairShareTest {
    /** Of the client's own accord, long after the server has ended them. */
    private static final Duration UNREAD_CALLS_END = Duration.ofSeconds(40);

    private static final GetTenantRequest GET_TENANT =
            GetTenantRequest.newBuilder().setTenantId(Tenants.anId().toString()).build();

    private final CountDownLatch released = new CountDownLatch(1);

    @AfterEach
    void release() {
        released.countDown();
    }

    @Test
    void listsRunOnAQuarterOfTheThreadsAndHalfOfTheProcessors() throws Exception {
        int atOnce = Math.max(1, Math.min(2, Runtime.getRuntime().availableProcessors() / 2));
        try (ApiUnderTest api = new ApiUnderTest(limits(Duration.ofSeconds(50), 8, 64))) {
            Semaphore running = new Semaphore(0);
            api.tenants.doBefore(() -> {
                running.release();
                awaitRelease();
            });
            for (int i = 0; i < 10; i++) {
                TenantServiceGrpc.newFutureStub(api.asCaller()).listTenants(ListTenantsRequest.getDefaultInstance());
            }

            assertThat(running.tryAcquire(atOnce, 20, TimeUnit.SECONDS)).isTrue();
            assertThat(running.tryAcquire(300, TimeUnit.MILLISECONDS)).isFalse();
            assertThat(TokenServiceGrpc.newBlockingStub(api.asCaller())
                            .getToken(GetTokenRequest.newBuilder()
                                    .setTokenId(Tokens.anId().toString())
                                    .build())
                            .hasToken())
                    .isTrue();
            released.countDown();
            assertThat(running.tryAcquire(10 - atOnce, 20, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void oneTenantFillsHalfOfTheQueue() {
        try (ApiUnderTest api = new ApiUnderTest(limits(Duration.ofSeconds(50), 2, 4))) {
            api.tenants.doBefore(this::awaitRelease);
            Channel other = api.with(
                    "Bearer " + Tokens.secret(Tenants.anId(), Tokens.anId()).revealSecret());
            for (int threadsAndHalfTheQueue = 0; threadsAndHalfTheQueue < 4; threadsAndHalfTheQueue++) {
                TenantServiceGrpc.newFutureStub(api.asCaller()).getTenant(GET_TENANT);
            }

            assertThat(Refusal.of(() -> TenantServiceGrpc.newBlockingStub(api.asCaller())
                                    .getTenant(GET_TENANT))
                            .reason())
                    .isEqualTo("SERVER_OVERLOADED");
            // Another tenant's call finds a place, and is then refused for its unknown token.
            assertThat(Refusal.of(() -> TenantServiceGrpc.newBlockingStub(other).getTenant(GET_TENANT))
                            .code())
                    .isEqualTo(Status.Code.UNAUTHENTICATED);
        }
    }

    /** The client's window is smaller than a page, and it asks for no message. */
    @Test
    void aTenantThatDoesNotReadIsRefusedUntilItsRepliesAreDiscarded() throws Exception {
        try (ApiUnderTest fakes = new ApiUnderTest()) {
            fakes.tokens.answerWith(new Page<>(Collections.nCopies(1_000, largeToken()), null));
            GrpcServer server = new GrpcServer(
                    new GrpcServerSettings("127.0.0.1", 0, true, limits(Duration.ofSeconds(3), 16, 256)),
                    fakes.ports(),
                    ApiUnderTest.PAGE_TOKEN_KEY);
            server.start();
            ManagedChannel unread = NettyChannelBuilder.forAddress("127.0.0.1", server.port())
                    .usePlaintext()
                    .flowControlWindow(1_000)
                    .build();
            ManagedChannel channel = NettyChannelBuilder.forAddress("127.0.0.1", server.port())
                    .usePlaintext()
                    .build();
            try {
                Channel caller = asCaller(channel, fakes);
                for (int mebibyte = 0; mebibyte < 20; mebibyte++) {
                    leaveUnread(asCaller(unread, fakes));
                }

                awaitRefusal(caller);
                assertThat(Refusal.of(() -> verify(caller)).message()).contains("replies to the tenant's callers");
                assertThat(Refusal.of(() -> getTenant(caller)).reason()).isEqualTo("SERVER_OVERLOADED");
                long began = System.nanoTime();
                awaitService(caller);
                assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(UNREAD_CALLS_END);
                assertThatCode(() -> getTenant(caller)).doesNotThrowAnyException();
            } finally {
                unread.shutdownNow();
                channel.shutdownNow();
                server.drain(Duration.ZERO);
            }
        }
    }

    private static void leaveUnread(Channel caller) {
        ClientCall<ListTokensRequest, ListTokensResponse> call = caller.newCall(
                TokenServiceGrpc.getListTokensMethod(),
                CallOptions.DEFAULT.withDeadlineAfter(UNREAD_CALLS_END.toSeconds(), TimeUnit.SECONDS));
        call.start(new ClientCall.Listener<ListTokensResponse>() {}, new Metadata());
        call.sendMessage(ListTokensRequest.newBuilder().setPageSize(1_000).build());
        call.halfClose();
    }

    private static void awaitRefusal(Channel caller) {
        while (true) {
            try {
                verify(caller);
            } catch (StatusRuntimeException refused) {
                assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
                return;
            }
        }
    }

    private static void awaitService(Channel caller) throws InterruptedException {
        while (true) {
            try {
                verify(caller);
                return;
            } catch (StatusRuntimeException refused) {
                assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
                Thread.sleep(50);
            }
        }
    }

    private static void verify(Channel caller) {
        VerificationServiceGrpc.newBlockingStub(caller).verifyToken(VerifyTokenRequest.getDefaultInstance());
    }

    private static void getTenant(Channel caller) {
        TenantServiceGrpc.newBlockingStub(caller).getTenant(GET_TENANT);
    }

    private static Channel asCaller(ManagedChannel channel, ApiUnderTest fakes) {
        Metadata headers = new Metadata();
        headers.put(ApiUnderTest.AUTHORIZATION, "Bearer " + fakes.gate.secret().revealSecret());
        return ClientInterceptors.intercept(channel, MetadataUtils.newAttachHeadersInterceptor(headers));
    }

    private static TokenView largeToken() {
        return new TokenView(
                Tokens.issued(
                        Users.member(Tenants.anId()),
                        TokenPolicy.DEFAULT,
                        new TokenDraft(
                                new TokenName("large"),
                                new FreeText("\uD83D\uDE80".repeat(500)),
                                ExpirationChoice.unspecified(),
                                Set.of(),
                                Scopes.NONE)),
                TokenStatus.ACTIVE);
    }

    private void awaitRelease() {
        try {
            released.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
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
                usual.maxVerifications(),
                threads,
                queue,
                usual.revocationThreads(),
                usual.revocationQueue());
    }
}
