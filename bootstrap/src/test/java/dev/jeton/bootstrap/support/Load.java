package dev.jeton.bootstrap.support;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ForkJoinPool;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/**
 * Runs a number of concurrent loops, each of which makes its next call as soon as the last one is answered, until the load is closed.
 * Thread-safe.
 */
public final class Load implements AutoCloseable {
    private final List<CompletableFuture<Void>> loops = new ArrayList<>();
    private volatile boolean closing;

    private Load() {}

    /** One iteration. A failure ends the loop, and {@link #close} throws it. */
    public interface Step {
        void run() throws Exception;
    }

    /**
     * Starts blocking loops, each on its own thread.
     *
     * @param step creates the step of a loop from its number, counted from 0
     */
    public static Load onThreads(int loops, IntFunction<Step> step) {
        Load load = new Load();
        for (int i = 0; i < loops; i++) {
            CompletableFuture<Void> end = new CompletableFuture<>();
            load.loops.add(end);
            Step own = step.apply(i);
            Thread thread = new Thread(() -> load.repeat(own, end), "load-" + i);
            thread.setDaemon(true);
            thread.start();
        }
        return load;
    }

    /**
     * Starts non-blocking loops on a few threads.
     *
     * @param call creates the call of a loop from its number, counted from 0; called again when the last stage is complete
     */
    public static Load async(int loops, IntFunction<Supplier<? extends CompletionStage<?>>> call) {
        Load load = new Load();
        for (int i = 0; i < loops; i++) {
            CompletableFuture<Void> end = new CompletableFuture<>();
            load.loops.add(end);
            load.next(call.apply(i), end);
        }
        return load;
    }

    /** Whether a loop has failed. */
    public boolean hasFailed() {
        return loops.stream().anyMatch(CompletableFuture::isCompletedExceptionally);
    }

    /** Makes no further calls, waits for those in flight, and throws the first failure. */
    @Override
    public void close() {
        closing = true;
        loops.forEach(CompletableFuture::join);
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
            // On another thread, because stages that are already complete would recurse endlessly.
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
