package dev.jeton.campaigns.strictness;

import dev.jeton.bootstrap.TrustingJeton;
import dev.jeton.bootstrap.support.Api;
import dev.jeton.bootstrap.support.Cluster;
import dev.jeton.bootstrap.support.GuardedChannel;
import dev.jeton.bootstrap.support.JetonProcess;
import dev.jeton.bootstrap.support.Signals;
import dev.jeton.v1.BatchVerifyTokensRequest;
import dev.jeton.v1.BatchVerifyTokensResponse;
import dev.jeton.v1.VerificationServiceGrpc;
import dev.jeton.v1.VerifyTokenResponse;
import io.grpc.Channel;
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
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** One of the server processes, as clients on a few connections see it. Verifications note themselves in their subjects' histories. Thread-safe. */
final class Replica implements AutoCloseable {
    private static final int CONNECTIONS = 4;
    private static final long DEADLINE_SECONDS = 10;
    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

    private final String name;
    private final JetonProcess process;
    private final Api administration;
    private final List<ManagedChannel> channels;
    private final AtomicInteger next = new AtomicInteger();
    private final LongAdder unanswered = new LongAdder();

    /** @param operator the secret that {@link #administration} works with */
    Replica(String name, JetonProcess process, String operator) {
        this.name = name;
        this.process = process;
        administration = new Api(process.as(operator));
        channels = IntStream.range(0, CONNECTIONS)
                .mapToObj(i -> GuardedChannel.to(process.address()))
                .toList();
    }

    /** The packaged server. */
    static Replica of(Cluster cluster, String name) {
        return of(cluster, name, cluster.login().url());
    }

    /** The packaged server, on another route to the same database. */
    static Replica of(Cluster cluster, String name, String url) {
        return cluster.opened(new Replica(name, cluster.serverAt(url, name), cluster.operatorToken()));
    }

    /** The broken twin; there must be a server already. */
    static Replica twin(Cluster cluster, String name) {
        return cluster.opened(new Replica(name, cluster.twin(name, TrustingJeton.class), cluster.operatorToken()));
    }

    String name() {
        return name;
    }

    Api administration() {
        return administration;
    }

    /** How many verifications were given no answer. */
    long unanswered() {
        return unanswered.sum();
    }

    /** The result comes when it is answered, however; it is nothing, because the history has it. */
    CompletableFuture<Void> verify(Subject subject) {
        Long asked = subject.history().ask();
        if (asked == null) {
            return CompletableFuture.completedFuture(null);
        }
        Noting<VerifyTokenResponse> noting = new Noting<>(List.of(subject), List.of(asked)) {
            @Override
            Answer answer(VerifyTokenResponse response, int index) {
                return Answer.of(response.getVerdict());
            }
        };
        stub(subject.caller()).verifyToken(subject.request(), noting);
        return noting.done;
    }

    /** All of them in one call by the first one's caller, who must be everybody's. */
    CompletableFuture<Void> verifyTogether(List<Subject> wanted) {
        List<Subject> subjects = new ArrayList<>();
        List<Long> asked = new ArrayList<>();
        BatchVerifyTokensRequest.Builder request = BatchVerifyTokensRequest.newBuilder();
        for (Subject subject : wanted) {
            Long time = subject.history().ask();
            if (time != null) {
                subjects.add(subject);
                asked.add(time);
                request.addRequests(subject.request());
            }
        }
        if (subjects.isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        Noting<BatchVerifyTokensResponse> noting = new Noting<>(subjects, asked) {
            @Override
            Answer answer(BatchVerifyTokensResponse response, int index) {
                return Answer.of(response.getResponses(index).getVerdict());
            }
        };
        stub(subjects.get(0).caller()).batchVerifyTokens(request.build(), noting);
        return noting.done;
    }

    /** A channel whose calls present this token; closed with the process. */
    Channel as(String token) {
        return process.as(token);
    }

    /** Stops the process where it is, as if the machine had. */
    void stop() {
        Signals.send("STOP", process.handle());
    }

    void goOn() {
        Signals.send("CONT", process.handle());
    }

    /** Closes the connections; the process goes on. */
    @Override
    public void close() {
        channels.forEach(ManagedChannel::shutdownNow);
    }

    private VerificationServiceGrpc.VerificationServiceStub stub(String caller) {
        Metadata headers = new Metadata();
        headers.put(AUTHORIZATION, "Bearer " + caller);
        ManagedChannel channel = channels.get(Math.floorMod(next.getAndIncrement(), CONNECTIONS));
        return VerificationServiceGrpc.newStub(channel)
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers))
                .withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS);
    }

    private abstract class Noting<R> implements StreamObserver<R> {
        final CompletableFuture<Void> done = new CompletableFuture<>();
        private final List<Subject> subjects;
        private final List<Long> asked;

        Noting(List<Subject> subjects, List<Long> asked) {
            this.subjects = subjects;
            this.asked = asked;
        }

        abstract Answer answer(R response, int index);

        @Override
        public void onNext(R response) {
            for (int i = 0; i < subjects.size(); i++) {
                note(i, answer(response, i));
            }
        }

        @Override
        public void onError(Throwable failure) {
            Status.Code code = Status.fromThrowable(failure).getCode();
            boolean none = Answer.isNone(code);
            if (none) {
                unanswered.add(subjects.size());
            }
            for (int i = 0; i < subjects.size(); i++) {
                note(i, none ? null : Answer.of(code));
            }
            done.complete(null);
        }

        @Override
        public void onCompleted() {
            done.complete(null);
        }

        private void note(int index, @Nullable Answer answer) {
            subjects.get(index).history().answered(name, asked.get(index), answer);
        }
    }
}
