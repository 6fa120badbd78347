package dev.jeton.benchmark;

import dev.jeton.benchmark.Loads.Measured;
import dev.jeton.benchmark.load.Expectation;
import dev.jeton.benchmark.load.LoadPlan;
import dev.jeton.benchmark.load.LoadReport;
import dev.jeton.benchmark.load.Messages;
import dev.jeton.v1.CancelTokenRequest;
import dev.jeton.v1.CreateTokenRequest;
import dev.jeton.v1.DeleteTokenRequest;
import dev.jeton.v1.ReactivateTokenRequest;
import dev.jeton.v1.Role;
import dev.jeton.v1.TokenServiceGrpc;
import dev.jeton.v1.TokenServiceGrpc.TokenServiceBlockingStub;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Measures how many tokens a server can create, asks it for many times as many, and meanwhile cancels, reactivates and deletes others.
 * Not thread-safe.
 */
final class Overload {
    static final int TIMES = 10;

    private static final String PATH = "/jeton.v1.TokenService/CreateToken";
    private static final Expectation CREATED = Expectation.beginning("0a");
    private static final int CONNECTIONS = 32;
    private static final int REVOKED_PER_SECOND = 10;

    /** So many that the rate is kept up though a call may take a second. */
    private static final int REVOKERS = 32;

    private static final long DEADLINE_SECONDS = 10;

    private final JetonServer server;
    private final Path request;
    private final String manager;
    private final Directory directory;
    private final Owner owner;

    /** @param request a file to write */
    Overload(JetonServer server, Path request) throws IOException {
        this.server = server;
        this.request = request;
        directory = new Directory(server);
        owner = directory.user(directory.tenant("Overloaded"), Role.ROLE_TENANT_ADMIN);
        manager = directory.manager(owner);
        try (Messages.Writer writer = new Messages.Writer(request)) {
            writer.add(
                    CreateTokenRequest.newBuilder().setName("created").build().toByteArray(), 0);
        }
    }

    /**
     * What came of it.
     *
     * @param most tokens created each second when nobody asked for more than could be done
     * @param overloaded the creates under overload
     * @param refusals why the others were not cancelled or deleted
     */
    record Outcome(
            Measured most, Measured overloaded, int revocations, int revoked, int reactivated, List<Status> refusals) {

        /** Under overload, as a part of what could be done without it. */
        double goodput() {
            return overloaded.perSecond() / most.perSecond();
        }

        /** Of the calls that take access away, as a part of them. */
        double answeredRevocations() {
            return revoked / (double) revocations;
        }

        @Override
        public String toString() {
            LoadReport report = overloaded.report();
            return "%.0f/s created while %d times as many were asked for (%d right, %d refused, %d wrong, %d lost), %.0f/s without; %d of %d cancelled and deleted (others: %s), %d reactivated"
                    .formatted(
                            overloaded.perSecond(),
                            TIMES,
                            report.right(),
                            report.refused(),
                            report.wrong(),
                            report.lost(),
                            most.perSecond(),
                            revoked,
                            revocations,
                            refusals,
                            reactivated);
        }
    }

    Outcome run(double warmUpSeconds, double seconds) {
        int tokens = (int) Math.ceil((warmUpSeconds + seconds) * REVOKED_PER_SECOND);
        List<String> ids = IntStream.range(0, tokens)
                .mapToObj(number -> directory.tokenId(owner, "to revoke"))
                .toList();
        LoadPlan plan = LoadPlan.of(server.port(), PATH, List.of(manager), request, List.of(CREATED));
        Measured most = load(plan.inFlight(2, 8).lasting(warmUpSeconds, seconds));
        try (Revocations revocations = new Revocations(server, ids)) {
            Measured overloaded = load(plan.inFlight(CONNECTIONS, 100)
                    .lasting(warmUpSeconds, seconds)
                    .atRate(TIMES * most.perSecond()));
            return revocations.outcome(most, overloaded);
        }
    }

    private Measured load(LoadPlan plan) {
        return Loads.runWhateverComes(plan, server.process(), server.postgres());
    }

    /** Cancels a token, tries to reactivate it, and deletes it: one after the other, so many each second. */
    private static final class Revocations implements AutoCloseable {
        private final TokenServiceBlockingStub tokens;
        private final List<String> ids;
        private final AtomicInteger next = new AtomicInteger();
        private final AtomicInteger tried = new AtomicInteger();
        private final AtomicInteger revoked = new AtomicInteger();
        private final AtomicInteger reactivated = new AtomicInteger();
        private final Queue<Status> refusals = new ConcurrentLinkedQueue<>();
        private final ScheduledExecutorService revokers = Executors.newScheduledThreadPool(REVOKERS);

        Revocations(JetonServer server, List<String> ids) {
            tokens = TokenServiceGrpc.newBlockingStub(server.as(server.operatorToken()));
            this.ids = ids;
            long period = TimeUnit.SECONDS.toNanos(1) * REVOKERS / REVOKED_PER_SECOND;
            for (int revoker = 0; revoker < REVOKERS; revoker++) {
                revokers.scheduleAtFixedRate(this::revoke, revoker * period / REVOKERS, period, TimeUnit.NANOSECONDS);
            }
        }

        Outcome outcome(Measured most, Measured overloaded) {
            close();
            return new Outcome(most, overloaded, tried.get(), revoked.get(), reactivated.get(), List.copyOf(refusals));
        }

        private void revoke() {
            int number = next.getAndIncrement();
            if (number >= ids.size()) {
                return;
            }
            String id = ids.get(number);
            tried.addAndGet(2);
            revoke(() -> inTime().cancelToken(
                            CancelTokenRequest.newBuilder().setTokenId(id).build()));
            if (refusal(() -> inTime().reactivateToken(ReactivateTokenRequest.newBuilder()
                            .setTokenId(id)
                            .build()))
                    == null) {
                reactivated.incrementAndGet();
            }
            revoke(() -> inTime().deleteToken(
                            DeleteTokenRequest.newBuilder().setTokenId(id).build()));
        }

        private void revoke(Runnable call) {
            Status refusal = refusal(call);
            if (refusal == null) {
                revoked.incrementAndGet();
            } else {
                refusals.add(refusal);
            }
        }

        private TokenServiceBlockingStub inTime() {
            return tokens.withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS);
        }

        /** Null if it was done. */
        private static @Nullable Status refusal(Runnable call) {
            try {
                call.run();
                return null;
            } catch (StatusRuntimeException refused) {
                return refused.getStatus();
            }
        }

        @Override
        public void close() {
            revokers.shutdown();
            try {
                if (!revokers.awaitTermination(4 * DEADLINE_SECONDS, TimeUnit.SECONDS)) {
                    throw new IllegalStateException("A call has no end");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
