package dev.jeton.benchmark;

import dev.jeton.v1.CancelTokenRequest;
import dev.jeton.v1.ReactivateTokenRequest;
import dev.jeton.v1.TokenServiceGrpc;
import dev.jeton.v1.TokenServiceGrpc.TokenServiceBlockingStub;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Tokens that are cancelled and reactivated in turn, so many each second, until it is closed; then all of them pass again. Thread-safe. */
final class Changes implements AutoCloseable {
    private static final int CALLERS = 32;
    private static final long END_WITHIN_SECONDS = 10;

    private final TokenServiceBlockingStub tokens;
    private final List<String> ids;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicLong changed = new AtomicLong();
    private final ScheduledExecutorService callers = Executors.newScheduledThreadPool(CALLERS);
    private final long began = System.nanoTime();

    private Changes(TokenServiceBlockingStub tokens, List<String> ids) {
        this.tokens = tokens;
        this.ids = ids;
    }

    static Changes begin(JetonServer server, List<String> ids, int perSecond) {
        Changes changes = new Changes(TokenServiceGrpc.newBlockingStub(server.as(server.operatorToken())), ids);
        long period = TimeUnit.SECONDS.toNanos(1) * CALLERS / perSecond;
        for (int caller = 0; caller < CALLERS; caller++) {
            changes.callers.scheduleAtFixedRate(
                    changes::change, caller * period / CALLERS, period, TimeUnit.NANOSECONDS);
        }
        return changes;
    }

    /** Tokens that were cancelled and reactivated. */
    double perSecond() {
        return changed.get() / ((System.nanoTime() - began) / 1e9);
    }

    private void change() {
        String id = ids.get(next.getAndIncrement() % ids.size());
        tokens.cancelToken(CancelTokenRequest.newBuilder()
                .setTokenId(id)
                .setReason("benchmark")
                .build());
        tokens.reactivateToken(
                ReactivateTokenRequest.newBuilder().setTokenId(id).build());
        changed.incrementAndGet();
    }

    @Override
    public void close() {
        callers.shutdown();
        try {
            if (!callers.awaitTermination(END_WITHIN_SECONDS, TimeUnit.SECONDS)) {
                callers.shutdownNow();
            }
        } catch (InterruptedException e) {
            callers.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
