package dev.jeton.campaigns.strictness;

import dev.jeton.bootstrap.TrustingJeton;
import dev.jeton.bootstrap.support.Api;
import dev.jeton.bootstrap.support.Cluster;
import dev.jeton.bootstrap.support.JetonProcess;
import dev.jeton.bootstrap.support.Signals;
import dev.jeton.bootstrap.support.reply.GuardedChannel;
import dev.jeton.v1.BatchVerifyTokensRequest;
import dev.jeton.v1.BatchVerifyTokensResponse;
import dev.jeton.v1.VerificationServiceGrpc;
import dev.jeton.v1.VerificationServiceGrpc.VerificationServiceStub;
import dev.jeton.v1.VerifyTokenRequest;
import dev.jeton.v1.VerifyTokenResponse;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A server process and a few connections to it. Records the answers to verifications in the histories of the probes. Thread-safe. */
final class Replica implements AutoCloseable {
    private static final int CONNECTIONS = 4;
    private static final long DEADLINE_SECONDS = 10;
    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

    private final String name;
    private final JetonProcess process;
    private final Api operator;
    private final List<ManagedChannel> channels;
    private final AtomicInteger next = new AtomicInteger();
    private final LongAdder unanswered = new LongAdder();

    private Replica(String name, JetonProcess process, String operatorToken) {
        this.name = name;
        this.process = process;
        operator = new Api(process.as(operatorToken));
        channels = Stream.generate(() -> GuardedChannel.to(process.address()))
                .limit(CONNECTIONS)
                .toList();
    }

    /** Starts the packaged server. */
    static Replica start(Cluster cluster, String name) {
        return open(cluster, name, cluster.server(name));
    }

    /** Starts the broken twin, which trusts its cache. Requires a server in the cluster. */
    static Replica startTwin(Cluster cluster, String name) {
        return open(cluster, name, cluster.twin(name, TrustingJeton.class));
    }

    private static Replica open(Cluster cluster, String name, JetonProcess process) {
        return cluster.opened(new Replica(name, process, cluster.operatorToken()));
    }

    /** The API as the operator. */
    Api operator() {
        return operator;
    }

    /** The number of verifications without an answer. */
    long unanswered() {
        return unanswered.sum();
    }

    /** Verifies the probe. The future completes when the call ends, with or without an answer. */
    CompletableFuture<Void> verify(Probe probe) {
        return verify(List.of(probe));
    }

    /** Verifies the probes, which must have the same caller, in one call. Skips those whose history is closed. */
    CompletableFuture<Void> verify(List<Probe> probes) {
        List<VerifyTokenRequest> requests = new ArrayList<>();
        List<History.Call> calls = new ArrayList<>();
        for (Probe probe : probes) {
            probe.history().beginCall(name).ifPresent(call -> {
                calls.add(call);
                requests.add(probe.request());
            });
        }
        CompletableFuture<Void> done = new CompletableFuture<>();
        if (calls.isEmpty()) {
            done.complete(null);
        } else if (calls.size() == 1) {
            stub(probes.get(0).caller()).verifyToken(requests.get(0), new Recorder<>(calls, done, List::of));
        } else {
            BatchVerifyTokensRequest batch = BatchVerifyTokensRequest.newBuilder()
                    .addAllRequests(requests)
                    .build();
            stub(probes.get(0).caller())
                    .batchVerifyTokens(batch, new Recorder<>(calls, done, BatchVerifyTokensResponse::getResponsesList));
        }
        return done;
    }

    /** Stops the process with SIGSTOP. */
    void pause() {
        Signals.send("STOP", process.handle());
    }

    /** Continues the process with SIGCONT. */
    void resume() {
        Signals.send("CONT", process.handle());
    }

    /** Closes the connections; the process keeps running. */
    @Override
    public void close() {
        channels.forEach(ManagedChannel::shutdownNow);
    }

    private VerificationServiceStub stub(String caller) {
        Metadata headers = new Metadata();
        headers.put(AUTHORIZATION, "Bearer " + caller);
        ManagedChannel channel = channels.get(Math.floorMod(next.getAndIncrement(), CONNECTIONS));
        return VerificationServiceGrpc.newStub(channel)
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers))
                .withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS);
    }

    private final class Recorder<R> implements StreamObserver<R> {
        private final List<History.Call> calls;
        private final CompletableFuture<Void> done;
        private final Function<R, List<VerifyTokenResponse>> responses;

        Recorder(
                List<History.Call> calls,
                CompletableFuture<Void> done,
                Function<R, List<VerifyTokenResponse>> responses) {
            this.calls = calls;
            this.done = done;
            this.responses = responses;
        }

        @Override
        public void onNext(R message) {
            List<VerifyTokenResponse> answers = responses.apply(message);
            for (int i = 0; i < calls.size(); i++) {
                calls.get(i).end(Answer.of(answers.get(i).getVerdict()));
            }
        }

        @Override
        public void onError(Throwable failure) {
            Status.Code code = Status.fromThrowable(failure).getCode();
            @Nullable Answer answer = Answer.isUnknown(code) ? null : Answer.of(code);
            unanswered.add(answer == null ? calls.size() : 0);
            calls.forEach(call -> call.end(answer));
            done.complete(null);
        }

        @Override
        public void onCompleted() {
            done.complete(null);
        }
    }
}
