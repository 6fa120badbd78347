package dev.jeton.grpc.call;

import dev.jeton.grpc.error.CallRefused;
import dev.jeton.grpc.error.Failures;
import io.grpc.Context;
import io.grpc.Context.CancellableContext;
import io.grpc.Contexts;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Gives a call that came without a deadline one of the server's, after which it is answered whatever it waits for. Thread-safe. */
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
        return ending(limited, Contexts.interceptCall(limited, ending(limited, call), headers, next));
    }

    /** Stops the clock when the call is answered. */
    private static <Q, R> ServerCall<Q, R> ending(CancellableContext limited, ServerCall<Q, R> call) {
        return new SimpleForwardingServerCall<>(call) {
            @Override
            public void close(Status status, Metadata trailers) {
                super.close(status, trailers);
                limited.cancel(null);
            }
        };
    }

    /** Stops the clock when the caller has gone. */
    private static <Q> ServerCall.Listener<Q> ending(CancellableContext limited, ServerCall.Listener<Q> listener) {
        return new SimpleForwardingServerCallListener<>(listener) {
            @Override
            public void onCancel() {
                limited.cancel(null);
                super.onCancel();
            }
        };
    }
}
