package dev.jeton.grpc.call;

import dev.jeton.grpc.error.CallRefused;
import dev.jeton.grpc.error.Failures;
import io.grpc.Context;
import io.grpc.Context.CancellableContext;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Sets the server's default deadline on calls without one. The service sees it in its {@link Context}; when it passes, the call fails with
 * DEADLINE_EXCEEDED. Thread-safe.
 */
public final class DeadlineInterceptor implements ServerInterceptor {
    private final Duration limit;
    private final ScheduledExecutorService timer;

    public DeadlineInterceptor(Duration limit, ScheduledExecutorService timer) {
        this.limit = limit;
        this.timer = timer;
    }

    @Override
    public <Q, R> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
        if (Context.current().getDeadline() != null) {
            return next.startCall(call, headers);
        }
        CancellableContext limited = Context.current().withDeadlineAfter(limit.toNanos(), TimeUnit.NANOSECONDS, timer);
        limited.addListener(
                context -> {
                    if (context.cancellationCause() instanceof TimeoutException) {
                        Failures.report(call, CallRefused.deadlineExceeded());
                    }
                },
                Runnable::run);
        Runnable stopTimer = () -> limited.cancel(null);
        return CallEnd.onCancel(
                Contexts.interceptCall(limited, CallEnd.onClose(call, stopTimer), headers, next), stopTimer);
    }
}
