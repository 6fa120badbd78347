package dev.jeton.campaigns.overload;

import dev.jeton.bootstrap.support.Api;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** Ten times a second cancels a token, tries to reactivate it, and deletes it. Thread-safe. */
final class Revocations {
    private static final int MILLIS_BETWEEN = 100;

    /** Enough to keep the rate even if a call takes a second. */
    private static final int CALLERS = 32;

    private final Api api;
    private final AtomicInteger tried = new AtomicInteger();
    private final AtomicInteger reactivated = new AtomicInteger();
    private final Queue<Status> refusals = new ConcurrentLinkedQueue<>();

    Revocations(Api api) {
        this.api = api;
    }

    /** Returns when all tokens are done. */
    void run(List<String> tokenIds) {
        ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
        try {
            CompletableFuture.allOf(IntStream.range(0, tokenIds.size())
                            .mapToObj(i -> CompletableFuture.runAsync(() -> revoke(tokenIds.get(i)), at(i, callers)))
                            .toArray(CompletableFuture[]::new))
                    .join();
        } finally {
            callers.shutdownNow();
        }
    }

    /** The number of cancels and deletes. */
    int tried() {
        return tried.get();
    }

    /** The share of cancels and deletes that succeeded. */
    double succeeded() {
        return 1 - refusals.size() / (double) tried.get();
    }

    @Override
    public String toString() {
        return "%d of %d cancels and deletes succeeded (refused: %s), %d reactivated"
                .formatted(tried.get() - refusals.size(), tried.get(), refusals, reactivated.get());
    }

    private static Executor at(int turn, Executor callers) {
        return CompletableFuture.delayedExecutor((long) turn * MILLIS_BETWEEN, TimeUnit.MILLISECONDS, callers);
    }

    private void revoke(String tokenId) {
        revoke(() -> api.cancel(tokenId));
        try {
            api.reactivate(tokenId);
            reactivated.incrementAndGet();
        } catch (StatusRuntimeException shed) {
            // Grants access, so it queues with the other calls.
        }
        revoke(() -> api.delete(tokenId));
    }

    private void revoke(Runnable call) {
        tried.incrementAndGet();
        try {
            call.run();
        } catch (StatusRuntimeException refused) {
            refusals.add(refused.getStatus());
        }
    }
}
