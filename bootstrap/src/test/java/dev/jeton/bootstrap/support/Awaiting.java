package dev.jeton.bootstrap.support;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Polls for at most 15 s. */
public final class Awaiting {
    private static final Duration LIMIT = Duration.ofSeconds(15);
    private static final Duration PAUSE = Duration.ofMillis(50);

    private Awaiting() {}

    public static <T> T until(Supplier<T> question, Predicate<T> satisfied) {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        T answer = question.get();
        while (!satisfied.test(answer)) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("Not satisfied within " + LIMIT + "; the last answer was " + answer);
            }
            LockSupport.parkNanos(PAUSE.toNanos());
            answer = question.get();
        }
        return answer;
    }
}
