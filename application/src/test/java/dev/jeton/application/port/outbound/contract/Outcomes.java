package dev.jeton.application.port.outbound.contract;

import dev.jeton.domain.error.JetonException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntConsumer;

/** Runs a task on many threads at once and counts the outcomes. */
public final class Outcomes {
    public static final String DONE = "DONE";

    private static final long LIMIT_SECONDS = 30;

    private Outcomes() {}

    /** Counts outcomes: {@link #DONE} or the name of an error reason. Any other exception fails the test. */
    public static Map<String, Long> of(int contestants, IntConsumer task) {
        ExecutorService threads = Executors.newFixedThreadPool(contestants);
        try {
            CountDownLatch start = new CountDownLatch(1);
            List<Future<String>> running = new ArrayList<>();
            for (int i = 0; i < contestants; i++) {
                int number = i;
                running.add(threads.submit(() -> {
                    start.await();
                    return outcome(number, task);
                }));
            }
            start.countDown();
            Map<String, Long> counts = new TreeMap<>();
            for (Future<String> one : running) {
                counts.merge(get(one), 1L, Long::sum);
            }
            return counts;
        } finally {
            threads.shutdownNow();
        }
    }

    /** Returns the result of the future; fails after a timeout. */
    static <T> T get(Future<T> future) {
        try {
            return future.get(LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof JetonException refused) {
                throw refused;
            }
            throw new AssertionError("The other thread failed", failed.getCause());
        } catch (TimeoutException slow) {
            throw new AssertionError("The other thread did not finish within " + LIMIT_SECONDS + " s", slow);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError("The test was interrupted", interrupted);
        }
    }

    private static String outcome(int number, IntConsumer task) {
        try {
            task.accept(number);
            return DONE;
        } catch (JetonException refused) {
            return refused.reason().name();
        }
    }
}
