package dev.jeton.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jeton.domain.fixture.Tenants;
import dev.jeton.grpc.RawConnection.Frame;
import dev.jeton.v1.GetTenantRequest;
import dev.jeton.v1.GetTenantResponse;
import dev.jeton.v1.TenantServiceGrpc;
import io.grpc.ClientInterceptors;
import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Exceeds each limit of a connection. */
@Tag("G15")
@Timeout(60)
class GrpcLimitsIT {
    private static final String GET_TENANT =
            TenantServiceGrpc.getGetTenantMethod().getFullMethodName();
    private static final Duration LONG = Duration.ofMinutes(5);

    private final ApiUnderTest fakes = new ApiUnderTest();
    private final CountDownLatch released = new CountDownLatch(1);
    private GrpcServer server = start(GrpcLimits.DEFAULT);

    @AfterEach
    void stop() {
        released.countDown();
        server.drain(Duration.ZERO);
        fakes.close();
    }

    @Test
    void refusesCallsBeyondTheConnectionLimit() throws Exception {
        restart(limits(2, 200, LONG, LONG, LONG, LONG, LONG));
        try (RawConnection connection = RawConnection.open(server.port())) {
            Frame settings = connection.await(frame -> frame.type() == RawConnection.SETTINGS);
            connection.begin(1, GET_TENANT);
            connection.begin(3, GET_TENANT);
            connection.begin(5, GET_TENANT);
            Frame refusal = connection.await(frame -> frame.type() == RawConnection.RST_STREAM);

            assertThat(maxConcurrentStreams(settings)).isEqualTo(2);
            assertThat(refusal.stream()).isEqualTo(5);
            assertThat(refusal.content().getInt()).isEqualTo(RawConnection.REFUSED_STREAM);
        }
    }

    @Test
    void closesConnectionsWithTooManyResets() throws Exception {
        restart(limits(100, 5, LONG, LONG, LONG, LONG, LONG));
        try (RawConnection connection = RawConnection.open(server.port())) {
            for (int call = 0; call <= 5; call++) {
                connection.begin(2 * call + 1, GET_TENANT);
                connection.reset(2 * call + 1);
            }

            assertIsGoAwayWithEnhanceYourCalm(connection.await(frame -> frame.type() == RawConnection.GOAWAY));
            assertThat(connection.isEndedByServer()).isTrue();
        }
    }

    @Test
    void toleratesResetsUpToTheLimit() throws Exception {
        restart(limits(100, 5, LONG, LONG, LONG, LONG, LONG));
        try (RawConnection connection = RawConnection.open(server.port())) {
            for (int call = 0; call < 5; call++) {
                connection.begin(2 * call + 1, GET_TENANT);
                connection.reset(2 * call + 1);
            }

            assertThat(answer(connection).type()).isEqualTo(RawConnection.PING);
        }
    }

    @Test
    void closesConnectionsThatPingTooOften() throws Exception {
        try (RawConnection connection = RawConnection.open(server.port())) {
            Frame last = answer(connection);
            for (int ping = 0; ping < 4 && last.type() == RawConnection.PING; ping++) {
                last = answer(connection);
            }

            assertIsGoAwayWithEnhanceYourCalm(last);
            assertThat(StandardCharsets.UTF_8.decode(last.content().position(8)).toString())
                    .isEqualTo("too_many_pings");
            assertThat(connection.isEndedByServer()).isTrue();
        }
    }

    @Test
    void toleratesPingsAtTheAllowedInterval() throws Exception {
        restart(limits(100, 200, LONG, LONG, LONG, Duration.ofMillis(1), LONG));
        try (RawConnection connection = RawConnection.open(server.port())) {
            for (int ping = 0; ping < 10; ping++) {
                Thread.sleep(20);
                assertThat(answer(connection).type()).isEqualTo(RawConnection.PING);
            }
        }
    }

    @Test
    void closesConnectionsWithoutTimelyHandshake() throws Exception {
        restart(limits(100, 200, LONG, LONG, LONG, LONG, Duration.ofMillis(300)));
        long start = System.nanoTime();
        try (RawConnection connection = RawConnection.silent(server.port())) {
            assertThat(connection.isEndedByServer()).isTrue();
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(250));
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void closesConnectionsAtMaxAge() throws Exception {
        restart(limits(100, 200, Duration.ofSeconds(1), LONG, LONG, LONG, LONG));

        assertIsClosedWithoutCalls();
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void closesIdleConnections() throws Exception {
        restart(limits(100, 200, LONG, LONG, Duration.ofSeconds(1), LONG, LONG));

        assertIsClosedWithoutCalls();
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void letsCallsFinishOnAgedConnectionsWithinTheGrace() throws Exception {
        restart(limits(100, 200, Duration.ofSeconds(1), LONG, LONG, LONG, LONG));
        ManagedChannel channel = connect();
        try {
            Future<GetTenantResponse> call = blockedCall(channel);
            awaitEndOfConnection(channel);
            assertThat(call).isNotDone();
            released.countDown();

            assertThat(call.get().hasTenant()).isTrue();
        } finally {
            channel.shutdownNow();
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void cancelsCallsBeyondTheGrace() throws Exception {
        restart(limits(100, 200, Duration.ofSeconds(1), Duration.ofMillis(300), LONG, LONG, LONG));
        ManagedChannel channel = connect();
        try {
            Future<GetTenantResponse> call = blockedCall(channel);

            assertThat(call)
                    .failsWithin(Duration.ofSeconds(8))
                    .withThrowableThat()
                    .satisfies(failure ->
                            assertThat(Status.fromThrowable(failure).getCode()).isEqualTo(Status.Code.UNAVAILABLE));
        } finally {
            channel.shutdownNow();
        }
    }

    private void assertIsClosedWithoutCalls() throws Exception {
        ManagedChannel channel = connect();
        try {
            blockedUntilNow(channel);
            awaitEndOfConnection(channel);
        } finally {
            channel.shutdownNow();
        }
    }

    private static void awaitEndOfConnection(ManagedChannel channel) throws Exception {
        CompletableFuture<ConnectivityState> next = new CompletableFuture<>();
        assertThat(channel.getState(false)).isEqualTo(ConnectivityState.READY);
        channel.notifyWhenStateChanged(ConnectivityState.READY, () -> next.complete(channel.getState(false)));

        assertThat(next.get(8, TimeUnit.SECONDS)).isEqualTo(ConnectivityState.IDLE);
    }

    private void blockedUntilNow(ManagedChannel channel) throws Exception {
        Future<GetTenantResponse> call = blockedCall(channel);
        released.countDown();
        call.get();
    }

    /** A call that the server has started and that ends when {@code released} is counted down. */
    private Future<GetTenantResponse> blockedCall(ManagedChannel channel) throws InterruptedException {
        CountDownLatch started = new CountDownLatch(1);
        fakes.tenants.doBefore(() -> {
            started.countDown();
            try {
                released.await();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        });
        Metadata headers = new Metadata();
        headers.put(ApiUnderTest.AUTHORIZATION, "Bearer " + fakes.gate.secret().revealSecret());
        Future<GetTenantResponse> call = TenantServiceGrpc.newFutureStub(
                        ClientInterceptors.intercept(channel, MetadataUtils.newAttachHeadersInterceptor(headers)))
                .withDeadlineAfter(30, TimeUnit.SECONDS)
                .getTenant(GetTenantRequest.newBuilder()
                        .setTenantId(Tenants.anId().toString())
                        .build());
        started.await();
        return call;
    }

    private ManagedChannel connect() {
        return NettyChannelBuilder.forAddress("127.0.0.1", server.port())
                .usePlaintext()
                .build();
    }

    private void restart(GrpcLimits limits) {
        server.drain(Duration.ZERO);
        server = start(limits);
    }

    private GrpcServer start(GrpcLimits limits) {
        GrpcServer started = new GrpcServer(
                new GrpcServerSettings("127.0.0.1", 0, true, limits), fakes.ports(), ApiUnderTest.PAGE_TOKEN_KEY);
        try {
            started.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return started;
    }

    private static Frame answer(RawConnection connection) throws IOException {
        connection.ping();
        return connection.await(frame -> frame.type() == RawConnection.PING || frame.type() == RawConnection.GOAWAY);
    }

    private static void assertIsGoAwayWithEnhanceYourCalm(Frame frame) {
        assertThat(frame.type()).isEqualTo(RawConnection.GOAWAY);
        assertThat(frame.content().getInt(4)).isEqualTo(RawConnection.ENHANCE_YOUR_CALM);
    }

    private static int maxConcurrentStreams(Frame settings) {
        while (settings.content().hasRemaining()) {
            int id = settings.content().getShort();
            int value = settings.content().getInt();
            if (id == 3) {
                return value;
            }
        }
        throw new AssertionError("The SETTINGS frame has no MAX_CONCURRENT_STREAMS");
    }

    private static GrpcLimits limits(
            int calls,
            int resets,
            Duration age,
            Duration grace,
            Duration idle,
            Duration keepAlive,
            Duration handshake) {
        GrpcLimits usual = GrpcLimits.DEFAULT;
        return new GrpcLimits(
                usual.maxRequestBytes(),
                usual.maxBatchBytes(),
                usual.maxNesting(),
                usual.maxMetadataBytes(),
                calls,
                resets,
                usual.resetWindow(),
                age,
                grace,
                idle,
                keepAlive,
                handshake,
                usual.defaultDeadline(),
                usual.maxVerifications(),
                usual.managementThreads(),
                usual.managementQueue(),
                usual.revocationThreads(),
                usual.revocationQueue());
    }
}
