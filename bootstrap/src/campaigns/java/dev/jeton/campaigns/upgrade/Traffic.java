package dev.jeton.campaigns.upgrade;

import dev.jeton.bootstrap.support.Api;
import dev.jeton.bootstrap.support.Load;
import dev.jeton.bootstrap.support.reply.GuardedChannel;
import dev.jeton.campaigns.Form;
import dev.jeton.v1.CreateTokenResponse;
import dev.jeton.v1.GetProfileRequest;
import dev.jeton.v1.User;
import dev.jeton.v1.Verdict;
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
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Clients that create, verify and cancel tokens, round-robin over the servers. They record failed calls, wrong verdicts and secrets that never
 * arrived. Thread-safe.
 */
final class Traffic implements AutoCloseable {
    private static final int CLIENTS = 4;
    private static final Duration DEADLINE = Duration.ofSeconds(30);
    private static final long AWAIT_SECONDS = 60;
    private static final long POLL_MILLIS = 20;

    /** Leaves a busy machine time to start servers, and in the smoke form time for the tests beside it. */
    private static final long PAUSE_MILLIS = Form.pick(100, 5, 5);

    private static final Map<String, ?> RETRY_UNAVAILABLE = Map.of(
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
    private final Api api;
    private final User owner;
    private final Map<String, LongAdder> servedBy = new ConcurrentHashMap<>();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final Load load;

    private Traffic(List<String> addresses, String operator, List<Map<String, ?>> methods, long pauseMillis) {
        connections = GuardedChannel.of(NettyChannelBuilder.forTarget(ReplicaNames.target(addresses))
                .usePlaintext()
                .defaultServiceConfig(Map.of(
                        "loadBalancingConfig", List.of(Map.of("round_robin", Map.of())), "methodConfig", methods)));
        Metadata headers = new Metadata();
        headers.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + operator);
        api = new Api(
                ClientInterceptors.intercept(
                        connections, MetadataUtils.newAttachHeadersInterceptor(headers), new CountAnswers()),
                DEADLINE);
        owner = api.users
                .withWaitForReady()
                .getProfile(GetProfileRequest.getDefaultInstance())
                .getUser();
        load = Load.onThreads(CLIENTS, client -> () -> {
            TimeUnit.MILLISECONDS.sleep(pauseMillis);
            useToken();
        });
    }

    /** Clients that retry UNAVAILABLE with the gRPC library's retry policy. */
    static Traffic retrying(List<String> addresses, String operator) {
        return new Traffic(addresses, operator, List.of(RETRY_UNAVAILABLE), PAUSE_MILLIS);
    }

    /** Clients that never retry. The gRPC library still resends calls that reached no server. */
    static Traffic plain(List<String> addresses, String operator) {
        return new Traffic(addresses, operator, List.of(), PAUSE_MILLIS);
    }

    /** Clients that never retry and never pause, so that calls are always in flight. */
    static Traffic dense(List<String> addresses, String operator) {
        return new Traffic(addresses, operator, List.of(), 0);
    }

    /** The number of calls answered so far. */
    long answered() {
        return servedBy.values().stream().mapToLong(LongAdder::sum).sum();
    }

    List<String> failures() {
        return List.copyOf(failures);
    }

    /** Waits up to a minute until this server has answered {@code more} further calls. */
    void awaitServedBy(String address, int more) throws InterruptedException {
        LongAdder served = servedBy.computeIfAbsent(address, unknown -> new LongAdder());
        long wanted = served.sum() + more;
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(AWAIT_SECONDS);
        while (served.sum() < wanted) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError(
                        "%s does not answer; answers were from %s, failures %s".formatted(address, servedBy, failures));
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
    }

    /** Waits for the calls in flight, and returns all failures. */
    List<String> end() {
        load.close();
        return failures();
    }

    @Override
    public void close() {
        end();
        connections.shutdownNow();
    }

    private void useToken() {
        try {
            CreateTokenResponse token = api.create(Api.newToken(owner, "rolling")
                    .setRequestId(UUID.randomUUID().toString()));
            String id = token.getToken().getId();
            if (token.getReplayed()) {
                failures.add("The secret of " + id + " never arrived");
                return;
            }
            expect(Verdict.VERDICT_ALLOWED, token);
            api.cancel(id);
            expect(Verdict.VERDICT_CANCELLED, token);
        } catch (StatusRuntimeException failure) {
            failures.add(failure.getStatus().toString());
        }
    }

    private void expect(Verdict right, CreateTokenResponse token) {
        Verdict verdict = api.verdict(Api.use(token));
        if (verdict != right) {
            failures.add(verdict + " instead of " + right);
        }
    }

    private void countAnswer(@Nullable SocketAddress from) {
        if (from instanceof InetSocketAddress server) {
            String address = server.getAddress().getHostAddress() + ":" + server.getPort();
            servedBy.computeIfAbsent(address, unknown -> new LongAdder()).increment();
        }
    }

    private final class CountAnswers implements ClientInterceptor {
        @Override
        public <Q, R> ClientCall<Q, R> interceptCall(MethodDescriptor<Q, R> method, CallOptions options, Channel next) {
            return new SimpleForwardingClientCall<>(next.newCall(method, options)) {
                @Override
                public void start(Listener<R> listener, Metadata headers) {
                    super.start(
                            new SimpleForwardingClientCallListener<>(listener) {
                                @Override
                                public void onMessage(R message) {
                                    countAnswer(getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR));
                                    super.onMessage(message);
                                }
                            },
                            headers);
                }
            };
        }
    }
}
