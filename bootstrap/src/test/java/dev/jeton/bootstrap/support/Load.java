package dev.jeton.bootstrap.support;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ForkJoinPool;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/**
 * A load of so many strands, each of which makes its next call as soon as the last one is answered, until this is closed. What the calls are,
 * and what becomes of their answers, is the caller's matter. Thread-safe.
 */
public final class Load implements AutoCloseable {
    private final List<CompletableFuture<Void>> strands = new ArrayList<>();
    private volatile boolean closing;

    private Load() {}

    /** One call, or a few that belong together. A failure ends the strand, and {@link #close} throws it. */
    public interface Step {
        void run() throws Exception;
    }

    /**
     * Strands that block, on a thread each.
     *
     * @param step makes the step of a strand from its number, counted from 0
     */
    public static Load onThreads(int strands, IntFunction<Step> step) {
        Load load = new Load();
        for (int i = 0; i < strands; i++) {
            CompletableFuture<Void> end = new CompletableFuture<>();
            load.strands.add(end);
            Step own = step.apply(i);
            Thread thread = new Thread(() -> load.repeat(own, end), "load-" + i);
            thread.setDaemon(true);
            thread.start();
        }
        return load;
    }

    /**
     * Strands that do not block: many, on few threads.
     *
     * @param call makes the call of a strand from its number, counted from 0; called again when the last stage is complete
     */
    public static Load async(int strands, IntFunction<Supplier<? extends CompletionStage<?>>> call) {
        Load load = new Load();
        for (int i = 0; i < strands; i++) {
            CompletableFuture<Void> end = new CompletableFuture<>();
            load.strands.add(end);
            load.next(call.apply(i), end);
        }
        return load;
    }

    /** Whether a strand has failed already. */
    public boolean hasFailed() {
        return strands.stream().anyMatch(CompletableFuture::isCompletedExceptionally);
    }

    /** Begins no further call, waits for the answers to those under way, and throws the first failure. */
    @Override
    public void close() {
        closing = true;
        strands.forEach(CompletableFuture::join);
    }

    private void repeat(Step step, CompletableFuture<Void> end) {
        try {
            while (!closing) {
                step.run();
            }
            end.complete(null);
        } catch (Throwable failure) {
            end.completeExceptionally(failure);
        }
    }

    private void next(Supplier<? extends CompletionStage<?>> call, CompletableFuture<Void> end) {
        if (closing) {
            end.complete(null);
            return;
        }
        try {
            // On another thread, because a stage that is complete already would recur without end.
            call.get()
                    .whenCompleteAsync(
                            (answer, failure) -> {
                                if (failure == null) {
                                    next(call, end);
                                } else {
                                    end.completeExceptionally(failure);
                                }
                            },
                            ForkJoinPool.commonPool());
        } catch (RuntimeException failure) {
            end.completeExceptionally(failure);
        }
    }
}
