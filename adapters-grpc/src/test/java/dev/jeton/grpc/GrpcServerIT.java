package dev.jeton.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.jeton.domain.fixture.Tenants;
import dev.jeton.v1.CreateTokenRequest;
import dev.jeton.v1.GetTenantRequest;
import dev.jeton.v1.GetTenantResponse;
import dev.jeton.v1.TenantServiceGrpc;
import dev.jeton.v1.TokenServiceGrpc;
import dev.jeton.v1.VerificationServiceGrpc;
import dev.jeton.v1.VerifyTokenRequest;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ClientInterceptors;
import io.grpc.Compressor;
import io.grpc.CompressorRegistry;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Collections;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Limits and shutdown of the real transport. */
@Timeout(60)
class GrpcServerIT {
    private static final GetTenantRequest GET_TENANT =
            GetTenantRequest.newBuilder().setTenantId(Tenants.anId().toString()).build();

    private final ApiUnderTest fakes = new ApiUnderTest();
    private final GrpcServer server = server();
    private ManagedChannel channel;

    @BeforeEach
    void start() throws IOException {
        server.start();
        channel = connect(server);
    }

    @AfterEach
    void stop() {
        channel.shutdownNow();
        server.drain(Duration.ZERO);
        fakes.close();
    }

    @Test
    void servesOverHttp2() {
        assertThat(TenantServiceGrpc.newBlockingStub(asCaller())
                        .getTenant(GET_TENANT)
                        .hasTenant())
                .isTrue();
        assertThat(VerificationServiceGrpc.newBlockingStub(asCaller())
                        .verifyToken(VerifyTokenRequest.getDefaultInstance())
                        .getVerdictValue())
                .isPositive();
    }

    @Test
    void answersBadCredentialsWithTheSameBytes() {
        Refusal none =
                Refusal.of(() -> TenantServiceGrpc.newBlockingStub(channel).getTenant(GET_TENANT));
        Refusal wrong = Refusal.of(
                () -> TenantServiceGrpc.newBlockingStub(with("Bearer jtn_x")).getTenant(GET_TENANT));
        Refusal foreign = Refusal.of(() -> TenantServiceGrpc.newBlockingStub(
                        with("Bearer " + fakes.tokens.secret().revealSecret()))
                .getTenant(GET_TENANT));

        assertThat(none.code()).isEqualTo(Status.Code.UNAUTHENTICATED);
        assertThat(wrong.bytes()).isEqualTo(none.bytes());
        assertThat(foreign.bytes()).isEqualTo(none.bytes());
    }

    @Test
    void refusesCompressedMessagesWithoutInflatingThem() {
        Refusal compressed = Refusal.of(() -> TenantServiceGrpc.newBlockingStub(asCaller())
                .withCompression("gzip")
                .getTenant(GET_TENANT));
        assertThat(compressed.code()).isEqualTo(Status.Code.UNIMPLEMENTED);
    }

    /** Some clients name the encoding of a message that is not compressed. */
    @Test
    void acceptsTheIdentityEncoding() {
        CompressorRegistry identity = CompressorRegistry.newEmptyInstance();
        identity.register(new NamedIdentity());
        ManagedChannel naming = NettyChannelBuilder.forAddress("127.0.0.1", server.port())
                .usePlaintext()
                .compressorRegistry(identity)
                .build();
        try {
            assertThat(TenantServiceGrpc.newBlockingStub(naming)
                            .withInterceptors(authorization(
                                    "Bearer " + fakes.gate.secret().revealSecret()))
                            .withInterceptors(new WithoutCompression())
                            .withCompression("identity")
                            .getTenant(GET_TENANT)
                            .hasTenant())
                    .isTrue();
        } finally {
            naming.shutdownNow();
        }
    }

    /** Unlike {@link io.grpc.Codec.Identity}, clients name it in a header. */
    private static final class NamedIdentity implements Compressor {
        @Override
        public String getMessageEncoding() {
            return "identity";
        }

        @Override
        public OutputStream compress(OutputStream target) {
            return target;
        }
    }

    private static final class WithoutCompression implements ClientInterceptor {
        @Override
        public <Q, R> ClientCall<Q, R> interceptCall(MethodDescriptor<Q, R> method, CallOptions options, Channel next) {
            return new SimpleForwardingClientCall<>(next.newCall(method, options)) {
                @Override
                public void sendMessage(Q message) {
                    setMessageCompression(false);
                    super.sendMessage(message);
                }
            };
        }
    }

    @Test
    void refusesMessagesBeyondItsLimit() {
        Refusal tooLarge = Refusal.of(() -> TokenServiceGrpc.newBlockingStub(asCaller())
                .createToken(CreateTokenRequest.newBuilder()
                        .setName("x".repeat(100 * 1024))
                        .build()));
        Refusal farTooLarge = Refusal.of(() -> TokenServiceGrpc.newBlockingStub(asCaller())
                .createToken(CreateTokenRequest.newBuilder()
                        .setName("x".repeat(1024 * 1024))
                        .build()));

        assertThat(tooLarge.code()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        assertThat(farTooLarge.code()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
    }

    @Test
    void refusesMetadataBeyondItsLimit() {
        Refusal refusal = Refusal.of(() -> TenantServiceGrpc.newBlockingStub(with("Bearer " + "x".repeat(9_000)))
                .getTenant(GET_TENANT));

        assertThat(refusal.code()).isNotIn(Status.Code.OK, Status.Code.UNAUTHENTICATED);
    }

    @Test
    void clientsCanReadTheLongestListOfViolations() {
        Refusal refusal = Refusal.of(() -> TokenServiceGrpc.newBlockingStub(asCaller())
                .createToken(CreateTokenRequest.newBuilder()
                        .addAllWorkloadIds(Collections.nCopies(100, "\u4e2d"))
                        .addAllScopes(Collections.nCopies(64, "\u4e2d"))
                        .build()));

        assertThat(refusal.code()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(refusal.violations()).startsWith("name REQUIRED", "workload_ids[0] INVALID_ID");
        assertThat(refusal.info().getMetadataMap()).containsKey("violations_omitted");
    }

    @Test
    void drainWaitsForRunningCallsAndAcceptsNoNewOnes() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        fakes.tenants.doBefore(() -> {
            started.countDown();
            awaitQuietly(released);
        });
        Future<GetTenantResponse> running =
                TenantServiceGrpc.newFutureStub(asCaller()).getTenant(GET_TENANT);
        started.await();
        CompletableFuture<ServingStatus> health = notServing();

        CompletableFuture<Void> drained = CompletableFuture.runAsync(() -> server.drain(Duration.ofSeconds(30)));
        assertThat(health.get()).isEqualTo(ServingStatus.NOT_SERVING);
        assertThat(drained).isNotDone();
        released.countDown();

        assertThat(running.get().hasTenant()).isTrue();
        channel.shutdownNow();
        drained.get();
        // A pool counts as terminated a moment before its last thread ends.
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().startsWith("jeton-grpc-management-")) {
                thread.join(10_000);
                assertThat(thread.isAlive()).isFalse();
            }
        }
    }

    @Test
    void servesAfterAnnouncingShutdown() throws Exception {
        CompletableFuture<ServingStatus> health = notServing();

        server.announceShutdown();

        assertThat(health.get()).isEqualTo(ServingStatus.NOT_SERVING);
        assertThat(TenantServiceGrpc.newBlockingStub(asCaller())
                        .getTenant(GET_TENANT)
                        .hasTenant())
                .isTrue();
    }

    @Test
    void drainCancelsCallsThatOutliveTheGrace() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        fakes.tenants.doBefore(() -> {
            started.countDown();
            awaitQuietly(never);
        });
        Future<GetTenantResponse> running =
                TenantServiceGrpc.newFutureStub(asCaller()).getTenant(GET_TENANT);
        started.await();

        server.drain(Duration.ofMillis(100));

        assertThatExceptionOfType(Exception.class).isThrownBy(running::get).satisfies(failure -> assertThat(
                        Status.fromThrowable(failure).getCode())
                .isIn(Status.Code.UNAVAILABLE, Status.Code.CANCELLED));
    }

    @Test
    void failsToStartOnAnOccupiedPort() throws IOException {
        try (ServerSocket taken = new ServerSocket()) {
            taken.bind(new InetSocketAddress("127.0.0.1", 0));
            GrpcServer second = new GrpcServer(
                    new GrpcServerSettings("127.0.0.1", taken.getLocalPort(), true, GrpcLimits.DEFAULT),
                    fakes.ports(),
                    ApiUnderTest.PAGE_TOKEN_KEY);

            assertThatExceptionOfType(IOException.class).isThrownBy(second::start);
            second.drain(Duration.ZERO);
        }
    }

    private GrpcServer server() {
        return new GrpcServer(
                new GrpcServerSettings("127.0.0.1", 0, true, GrpcLimits.DEFAULT),
                fakes.ports(),
                ApiUnderTest.PAGE_TOKEN_KEY);
    }

    private static ManagedChannel connect(GrpcServer server) {
        return NettyChannelBuilder.forAddress("127.0.0.1", server.port())
                .usePlaintext()
                .build();
    }

    private Channel asCaller() {
        return with("Bearer " + fakes.gate.secret().revealSecret());
    }

    private Channel with(String authorization) {
        return ClientInterceptors.intercept(channel, authorization(authorization));
    }

    private static ClientInterceptor authorization(String value) {
        Metadata headers = new Metadata();
        headers.put(ApiUnderTest.AUTHORIZATION, value);
        return MetadataUtils.newAttachHeadersInterceptor(headers);
    }

    private CompletableFuture<ServingStatus> notServing() {
        CompletableFuture<ServingStatus> changed = new CompletableFuture<>();
        HealthGrpc.newStub(channel).watch(HealthCheckRequest.getDefaultInstance(), new StreamObserver<>() {
            @Override
            public void onNext(HealthCheckResponse response) {
                if (response.getStatus() != ServingStatus.SERVING) {
                    changed.complete(response.getStatus());
                }
            }

            @Override
            public void onError(Throwable failure) {
                changed.completeExceptionally(failure);
            }

            @Override
            public void onCompleted() {}
        });
        return changed;
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
