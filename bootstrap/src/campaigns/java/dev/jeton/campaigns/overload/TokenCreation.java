package dev.jeton.campaigns.overload;

import dev.jeton.bootstrap.support.JetonProcess;
import dev.jeton.bootstrap.support.Load;
import dev.jeton.bootstrap.support.QuietMachine;
import dev.jeton.bootstrap.support.reply.GuardedChannel;
import dev.jeton.v1.CreateTokenRequest;
import dev.jeton.v1.CreateTokenResponse;
import dev.jeton.v1.TokenServiceGrpc;
import dev.jeton.v1.TokenServiceGrpc.TokenServiceStub;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Creates tokens concurrently over several connections, and counts the answers. Thread-safe. */
final class TokenCreation implements AutoCloseable {
    private static final int CONNECTIONS = 8;
    private static final String NAME = "created";
    private static final long TICK_MILLIS = 5;

    private final List<ManagedChannel> channels = new ArrayList<>();
    private final List<TokenServiceStub> stubs = new ArrayList<>();
    private final AtomicLong asked = new AtomicLong();
    private final AtomicLong answered = new AtomicLong();
    private final AtomicLong created = new AtomicLong();
    private final AtomicLong wrong = new AtomicLong();
    private final Map<Status.Code, AtomicLong> refused = new ConcurrentHashMap<>();
    private final Set<String> ids = ConcurrentHashMap.newKeySet();

    /** @param secret of a caller who may create tokens for itself */
    TokenCreation(JetonProcess server, String secret) {
        Metadata headers = new Metadata();
        headers.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + secret);
        for (int i = 0; i < CONNECTIONS; i++) {
            // Runs callbacks on the event loop, because the client shares the processors with the server.
            ManagedChannel channel = GuardedChannel.of(NettyChannelBuilder.forTarget(server.address())
                    .usePlaintext()
                    .directExecutor());
            channels.add(channel);
            stubs.add(TokenServiceGrpc.newStub(channel)
                    .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers)));
        }
    }

    /** Totals at a moment: calls started, tokens created, and processor seconds of this JVM. */
    record Count(double now, double asked, double created, double client) {
        /** Rates per second since the earlier count. */
        Count since(Count earlier) {
            double seconds = now - earlier.now;
            return new Count(
                    now,
                    (asked - earlier.asked) / seconds,
                    (created - earlier.created) / seconds,
                    (client - earlier.client) / seconds);
        }
    }

    Count count() {
        double client = QuietMachine.seconds(ProcessHandle.current());
        return new Count(System.nanoTime() / 1e9, asked.get(), created.get(), client);
    }

    /** Calls without an answer yet. */
    long inFlight() {
        return asked.get() - answered.get();
    }

    /** OK answers without a new token of the requested name. */
    long wrong() {
        return wrong.get();
    }

    /** Refused calls by status. */
    Map<Status.Code, AtomicLong> refused() {
        return refused;
    }

    /** Keeps this many calls in flight. */
    Load inFlight(int calls) {
        return Load.async(calls, loop -> () -> {
            CompletableFuture<Void> done = new CompletableFuture<>();
            create(() -> done.complete(null));
            return done;
        });
    }

    /** Starts calls at a constant rate, with at most {@code mostInFlight} in flight. */
    Load atRate(double perSecond, int mostInFlight) {
        long began = System.nanoTime();
        long before = asked.get();
        return Load.async(1, loop -> () -> {
            double due = (System.nanoTime() - began) / 1e9 * perSecond;
            while (asked.get() - before < due && inFlight() < mostInFlight) {
                create(() -> {});
            }
            return new CompletableFuture<>().completeOnTimeout(null, TICK_MILLIS, TimeUnit.MILLISECONDS);
        });
    }

    @Override
    public void close() {
        channels.forEach(ManagedChannel::shutdownNow);
    }

    private void create(Runnable atEnd) {
        TokenServiceStub stub = stubs.get((int) (asked.getAndIncrement() % CONNECTIONS));
        stub.createToken(CreateTokenRequest.newBuilder().setName(NAME).build(), new StreamObserver<>() {
            @Override
            public void onNext(CreateTokenResponse answer) {
                boolean right = answer.getToken().getName().equals(NAME)
                        && ids.add(answer.getToken().getId());
                (right ? created : wrong).incrementAndGet();
            }

            @Override
            public void onError(Throwable error) {
                refused.computeIfAbsent(Status.fromThrowable(error).getCode(), code -> new AtomicLong())
                        .incrementAndGet();
                onCompleted();
            }

            @Override
            public void onCompleted() {
                answered.incrementAndGet();
                atEnd.run();
            }
        });
    }
}
