package dev.jeton.campaigns.strictness;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;

/** Verifications of whatever is on the board, through one replica, as many at a time as it has strands, one in eight of them in a batch. */
final class Load {
    private static final int BATCH = 4;
    private static final int ONE_IN = 8;

    private static final Executor WHEN_THERE_MAY_BE_MORE = CompletableFuture.delayedExecutor(10, TimeUnit.MILLISECONDS);

    private final Replica replica;
    private final Board board;
    private final List<CompletableFuture<Void>> strands = new ArrayList<>();
    private volatile boolean over;

    Load(Replica replica, Board board) {
        this.replica = replica;
        this.board = board;
    }

    void start(int count, SplittableRandom seed) {
        for (int i = 0; i < count; i++) {
            CompletableFuture<Void> end = new CompletableFuture<>();
            strands.add(end);
            next(seed.split(), end);
        }
    }

    /** Returns when the last is answered. */
    void end() {
        over = true;
        strands.forEach(CompletableFuture::join);
    }

    private void next(SplittableRandom random, CompletableFuture<Void> end) {
        if (over) {
            end.complete(null);
            return;
        }
        List<Subject> picked = board.pick(random, random.nextInt(ONE_IN) == 0 ? BATCH : 1);
        CompletableFuture<Void> call =
                picked.size() == 1 ? replica.verify(picked.get(0)) : replica.verifyTogether(picked);
        // Later, because a call that there is nothing for is over at once.
        Executor later = picked.isEmpty() ? WHEN_THERE_MAY_BE_MORE : ForkJoinPool.commonPool();
        call.whenCompleteAsync(
                (nothing, failure) -> {
                    if (failure == null) {
                        next(random, end);
                    } else {
                        end.completeExceptionally(failure);
                    }
                },
                later);
    }
}
