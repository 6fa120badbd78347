package dev.jeton.campaigns.hostile;

import dev.jeton.bootstrap.support.GuardedChannel;
import dev.jeton.bootstrap.support.Histogram;
import dev.jeton.v1.GetTokenRequest;
import dev.jeton.v1.TokenServiceGrpc;
import dev.jeton.v1.Verdict;
import dev.jeton.v1.VerificationServiceGrpc;
import dev.jeton.v1.VerifyTokenRequest;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/** Clients who do nothing wrong, on a connection of their own, and what they notice of others. Thread-safe. */
final class Bystanders implements AutoCloseable {
    private static final int CLIENTS = 4;
    private static final int GET_EVERY = 8;
    private static final long PAUSE_MILLIS = 2;
    private static final long DEADLINE_SECONDS = 60;

    private final ManagedChannel connection;
    private final World world;
    private final List<Thread> threads = new ArrayList<>();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private Histogram latencies = new Histogram();
    private volatile boolean over;

    Bystanders(String address, World world) {
        this.world = world;
        connection = GuardedChannel.to(address);
        Metadata headers = new Metadata();
        headers.put(FuzzCase.AUTHORIZATION, "Bearer " + world.secret());
        Channel channel = ClientInterceptors.intercept(connection, MetadataUtils.newAttachHeadersInterceptor(headers));
        for (int i = 0; i < CLIENTS; i++) {
            Thread thread = new Thread(() -> callOverAndOver(channel), "bystander-" + i);
            threads.add(thread);
            thread.start();
        }
    }

    /** What the calls took since this was asked last. */
    synchronized Histogram latencies() {
        Histogram taken = latencies;
        latencies = new Histogram();
        return taken;
    }

    /** Calls that were not answered as they should be. */
    List<String> failures() {
        return List.copyOf(failures);
    }

    @Override
    public void close() throws InterruptedException {
        over = true;
        for (Thread thread : threads) {
            thread.join();
        }
        connection.shutdownNow();
    }

    private void callOverAndOver(Channel channel) {
        for (int i = 0; !over; i++) {
            long asked = System.nanoTime();
            try {
                if (i % GET_EVERY == 0) {
                    getInTheEnd(channel);
                } else {
                    verify(channel);
                }
            } catch (StatusRuntimeException refused) {
                failures.add(refused.getStatus().toString());
            }
            note(System.nanoTime() - asked);
            try {
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void verify(Channel channel) {
        Verdict verdict = VerificationServiceGrpc.newBlockingStub(channel)
                .withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS)
                .verifyToken(VerifyTokenRequest.newBuilder()
                        .setSecret(world.secret())
                        .build())
                .getVerdict();
        if (verdict != Verdict.VERDICT_ALLOWED) {
            failures.add(verdict.toString());
        }
    }

    /** Comes back when the server has too much to do, as it asks its callers to, but sooner; within the time of one call. */
    private void getInTheEnd(Channel channel) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS);
        while (true) {
            try {
                get(channel);
                return;
            } catch (StatusRuntimeException refused) {
                if (System.nanoTime() > end || refused.getStatus().getCode() != Status.Code.RESOURCE_EXHAUSTED) {
                    throw refused;
                }
            }
        }
    }

    private void get(Channel channel) {
        TokenServiceGrpc.newBlockingStub(channel)
                .withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS)
                .getToken(
                        GetTokenRequest.newBuilder().setTokenId(world.tokenId()).build());
    }

    private synchronized void note(long nanos) {
        latencies.add(nanos);
    }
}
