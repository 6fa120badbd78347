package dev.jeton.grpc.call;

import dev.jeton.grpc.error.CallRefused;
import java.util.concurrent.Semaphore;

/** Limits how many calls are in progress at the same time; a call beyond the limit is refused at once. Thread-safe. */
public final class CallLimit {
    private final Semaphore permits;

    public CallLimit(int maxCalls) {
        this.permits = new Semaphore(maxCalls);
    }

    /**
     * Admits a call. Call it before any other work: refusing must stay cheap.
     *
     * @throws CallRefused with SERVER_OVERLOADED if the limit is reached
     */
    public void acquire() {
        if (!permits.tryAcquire()) {
            throw CallRefused.overloaded();
        }
    }

    /** Ends a call; exactly once per {@link #acquire}. */
    public void release() {
        permits.release();
    }
}
