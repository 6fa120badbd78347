package dev.jeton.campaigns.upgrade;

import dev.jeton.bootstrap.support.GuardedChannel;
import dev.jeton.v1.CancelTokenRequest;
import dev.jeton.v1.CreateTokenRequest;
import dev.jeton.v1.CreateTokenResponse;
import dev.jeton.v1.GetProfileRequest;
import dev.jeton.v1.TokenServiceGrpc;
import dev.jeton.v1.UserServiceGrpc;
import dev.jeton.v1.Verdict;
import dev.jeton.v1.VerificationServiceGrpc;
import dev.jeton.v1.VerifyTokenRequest;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ClientInterceptors;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.ForwardingClientCallListener.SimpleForwardingClientCallListener;
import io.grpc.Grpc;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Clients that make tokens, verify and cancel them, each call on the next of some servers, and note what went wrong: a call that failed, a
 * verdict that is not the right one, a secret that never arrived. Thread-safe.
 */
final class Traffic implements AutoCloseable {
    private static final int CLIENTS = 4;
    private static final long DEADLINE_SECONDS = 30;
    private static final long PAUSE_MILLIS = 20;
    private static final int ATTEMPTS = 3_000;
    private static final long BREATH_NANOS = 5_000_000;

    private static final Map<String, ?> RETRY = Map.of(
            "name",
            List.of(Map.of()),
            "retryPolicy",
            Map.of(
                    "maxAttempts",
                    5.0,
                    "initialBackoff",
                    "0.1s",
                    "maxBackoff",
                    "1s",
                    "backoffMultiplier",
                    2.0,
                    "retryableStatusCodes",
                    List.of("UNAVAILABLE")));

    private final ManagedChannel connections;
    private final String userId;
    private final TokenServiceGrpc.TokenServiceBlockingStub tokens;
    private final VerificationServiceGrpc.VerificationServiceBlockingStub verification;
    private final Map<String, LongAdder> servedBy = new ConcurrentHashMap<>();
    private final LongAdder calls = new LongAdder();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean over;

    private Traffic(List<String> addresses, String operator, List<Map<String, ?>> methods) {
        connections = GuardedChannel.of(NettyChannelBuilder.forTarget(ReplicaNames.target(addresses))
                .usePlaintext()
                .defaultServiceConfig(Map.of(
                        "loadBalancingConfig", List.of(Map.of("round_robin", Map.of())), "methodConfig", methods)));
        Metadata headers = new Metadata();
        headers.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + operator);
        Channel channel = ClientInterceptors.intercept(
                connections, MetadataUtils.newAttachHeadersInterceptor(headers), new Counting());
        tokens = TokenServiceGrpc.newBlockingStub(channel);
        verification = VerificationServiceGrpc.newBlockingStub(channel);
        userId = UserServiceGrpc.newBlockingStub(channel)
                .withWaitForReady()
                .withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS)
                .getProfile(GetProfileRequest.getDefaultInstance())
                .getUser()
                .getId();
        for (int i = 0; i < CLIENTS; i++) {
            Thread thread = new Thread(this::call);
            thread.setDaemon(true);
            threads.add(thread);
        }
        threads.forEach(Thread::start);
    }

    /** Clients that try a call again if it is refused as UNAVAILABLE, as the gRPC library does when it is told to. */
    static Traffic retrying(List<String> addresses, String operator) {
        return new Traffic(addresses, operator, List.of(RETRY));
    }

    /** Clients to which any failure is one. What never reached a server's code, the library sends elsewhere by itself. */
    static Traffic plain(List<String> addresses, String operator) {
        return new Traffic(addresses, operator, List.of());
    }

    /** How many were answered. */
    long calls() {
        return calls.sum();
    }

    List<String> failures() {
        return List.copyOf(failures);
    }

    /** Waits for a minute at most until that server has answered so many more of these calls. */
    void awaitServedBy(String address, int more) throws InterruptedException {
        LongAdder served = servedBy.computeIfAbsent(address, unknown -> new LongAdder());
        long wanted = served.sum() + more;
        for (int i = 0; i < ATTEMPTS; i++) {
            if (served.sum() >= wanted) {
                return;
            }
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        }
        throw new AssertionError(
                "%s does not answer; what did is %s, and what went wrong %s".formatted(address, servedBy, failures));
    }

    /** Returns when all are answered. */
    @Override
    public void close() throws InterruptedException {
        over = true;
        for (Thread thread : threads) {
            thread.join();
        }
        connections.shutdownNow();
    }

    private void call() {
        while (!over) {
            // Calls all the time, and yet a machine that has something left for the servers that start.
            LockSupport.parkNanos(BREATH_NANOS);
            try {
                use();
            } catch (StatusRuntimeException failure) {
                failures.add(failure.getStatus().toString());
            }
        }
    }

    private void use() {
        CreateTokenResponse token = tokens.withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS)
                .createToken(CreateTokenRequest.newBuilder()
                        .setUserId(userId)
                        .setName("rolling")
                        .setRequestId(UUID.randomUUID().toString())
                        .build());
        String id = token.getToken().getId();
        if (token.getReplayed()) {
            failures.add("The secret of " + id + " never arrived");
            return;
        }
        expect(Verdict.VERDICT_ALLOWED, token);
        tokens.withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS)
                .cancelToken(CancelTokenRequest.newBuilder().setTokenId(id).build());
        expect(Verdict.VERDICT_CANCELLED, token);
    }

    private void expect(Verdict right, CreateTokenResponse token) {
        Verdict verdict = verification
                .withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS)
                .verifyToken(VerifyTokenRequest.newBuilder()
                        .setSecret(token.getSecret())
                        .build())
                .getVerdict();
        if (verdict != right) {
            failures.add(verdict + " instead of " + right);
        }
    }

    private void served(@Nullable SocketAddress by) {
        calls.increment();
        if (by instanceof InetSocketAddress server) {
            servedBy.computeIfAbsent(
                            server.getAddress().getHostAddress() + ":" + server.getPort(), unknown -> new LongAdder())
                    .increment();
        }
    }

    private final class Counting implements ClientInterceptor {

        @Override
        public <Q, R> ClientCall<Q, R> interceptCall(MethodDescriptor<Q, R> method, CallOptions options, Channel next) {
            return new SimpleForwardingClientCall<>(next.newCall(method, options)) {
                @Override
                public void start(Listener<R> listener, Metadata headers) {
                    super.start(
                            new SimpleForwardingClientCallListener<>(listener) {
                                @Override
                                public void onMessage(R message) {
                                    served(getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR));
                                    super.onMessage(message);
                                }
                            },
                            headers);
                }
            };
        }
    }
}
