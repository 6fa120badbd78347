package dev.jeton.campaigns.strictness;

import dev.jeton.v1.VerificationServiceGrpc;
import dev.jeton.v1.VerifyTokenRequest;
import io.grpc.Channel;
import io.grpc.StatusRuntimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Clients of one replica that verify the same token over and over, each of them as soon as it is answered, and note how. Thread-safe. */
final class Callers implements AutoCloseable {
    private static final long DEADLINE_SECONDS = 120;
    private static final long PAUSE_MILLIS = 10;
    private static final int ATTEMPTS = 6_000;

    private final Channel channel;
    private final VerifyTokenRequest request;
    private final Queue<Call> calls = new ConcurrentLinkedQueue<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean over;

    /** One that was answered, by {@link System#nanoTime}. */
    record Call(long asked, long answered, Answer answer) {}

    /** @param channel of somebody who may verify the token */
    Callers(Channel channel, VerifyTokenRequest request, int count) {
        this.channel = channel;
        this.request = request;
        for (int i = 0; i < count; i++) {
            Thread thread = new Thread(this::callOverAndOver);
            thread.setDaemon(true);
            threads.add(thread);
        }
        threads.forEach(Thread::start);
    }

    List<Call> calls() {
        return List.copyOf(calls);
    }

    /** Waits for a minute at most until so many calls were such, and returns the first of them. */
    Call await(int count, Predicate<Call> such) throws InterruptedException {
        for (int i = 0; i < ATTEMPTS; i++) {
            List<Call> found = calls.stream().filter(such).limit(count).toList();
            if (found.size() == count) {
                return found.get(0);
            }
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        }
        throw new AssertionError("Not so many within a minute; the calls were " + calls);
    }

    /** Returns when all are answered. */
    @Override
    public void close() throws InterruptedException {
        over = true;
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private void callOverAndOver() {
        while (!over) {
            long asked = System.nanoTime();
            Answer answer = call();
            calls.add(new Call(asked, System.nanoTime(), answer));
            try {
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private Answer call() {
        try {
            return Answer.of(VerificationServiceGrpc.newBlockingStub(channel)
                    .withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS)
                    .verifyToken(request)
                    .getVerdict());
        } catch (StatusRuntimeException refused) {
            return Answer.of(refused.getStatus().getCode());
        }
    }
}
