package dev.jeton.campaigns.hostile;

import dev.jeton.bootstrap.support.Api;
import dev.jeton.bootstrap.support.Histogram;
import dev.jeton.bootstrap.support.Load;
import dev.jeton.bootstrap.support.reply.GuardedChannel;
import dev.jeton.v1.GetTokenRequest;
import dev.jeton.v1.Verdict;
import dev.jeton.v1.VerifyTokenRequest;
import io.grpc.ManagedChannel;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/** Well-behaved clients on a separate connection. Their latencies and failures show the effect of an attack. Thread-safe. */
final class Bystanders implements AutoCloseable {
    private static final int CLIENTS = 4;
    private static final int GET_EVERY = 8;
    private static final long PAUSE_MILLIS = 2;
    private static final long DEADLINE_SECONDS = 60;

    private final ManagedChannel connection;
    private final Api api;
    private final World world;
    private final Load load;
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private Histogram latencies = new Histogram();

    Bystanders(String address, World world) {
        this.world = world;
        connection = GuardedChannel.to(address);
        api = new Api(GuardedChannel.as(connection, world.secret()));
        load = Load.onThreads(CLIENTS, client -> new Load.Step() {
            private int calls;

            @Override
            public void run() throws InterruptedException {
                call(calls++ % GET_EVERY == 0);
            }
        });
    }

    /** Returns the latencies of all calls since the last call of this method. */
    synchronized Histogram takeLatencies() {
        Histogram taken = latencies;
        latencies = new Histogram();
        return taken;
    }

    /** The number of calls since {@link #takeLatencies} was last called. */
    synchronized long calls() {
        return latencies.count();
    }

    /** Calls that were refused or answered wrongly. */
    List<String> failures() {
        return List.copyOf(failures);
    }

    @Override
    public void close() {
        load.close();
        connection.shutdownNow();
    }

    private void call(boolean get) throws InterruptedException {
        long begin = System.nanoTime();
        try {
            if (get) {
                getUnlessOverloaded(begin + TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS));
            } else {
                verify();
            }
        } catch (StatusRuntimeException refused) {
            failures.add(refused.getStatus().toString());
        }
        record(System.nanoTime() - begin);
        TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    }

    private void verify() {
        Verdict verdict = api.verification
                .withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS)
                .verifyToken(VerifyTokenRequest.newBuilder()
                        .setSecret(world.secret())
                        .build())
                .getVerdict();
        if (verdict != Verdict.VERDICT_ALLOWED) {
            failures.add(verdict.toString());
        }
    }

    /** Retries while the server is overloaded, without the delay that it asks for. */
    private void getUnlessOverloaded(long end) {
        while (true) {
            try {
                api.tokens
                        .withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS)
                        .getToken(GetTokenRequest.newBuilder()
                                .setTokenId(world.tokenId())
                                .build());
                return;
            } catch (StatusRuntimeException refused) {
                if (System.nanoTime() > end || refused.getStatus().getCode() != Code.RESOURCE_EXHAUSTED) {
                    throw refused;
                }
            }
        }
    }

    private synchronized void record(long nanos) {
        latencies.add(nanos);
    }
}
