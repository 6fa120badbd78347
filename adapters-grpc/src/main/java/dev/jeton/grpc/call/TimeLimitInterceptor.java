package dev.jeton.grpc.call;

import dev.jeton.grpc.error.CallRefused;
import dev.jeton.grpc.error.Failures;
import io.grpc.Context;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.netty.shaded.io.netty.util.HashedWheelTimer;
import io.grpc.netty.shaded.io.netty.util.Timeout;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Ends a call that came without a deadline when the server's time for it is over. What {@link DeadlineInterceptor} does for services that
 * read the deadline, for a service that does not and is called too often for an exact timer: this one is late by up to a tick. Thread-safe.
 */
public final class TimeLimitInterceptor implements ServerInterceptor {
    private final Duration limit;
    private final HashedWheelTimer timer;

    public TimeLimitInterceptor(Duration limit, HashedWheelTimer timer) {
        this.limit = limit;
        this.timer = timer;
    }

    @Override
    public <Q, R> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
        if (Context.current().getDeadline() != null) {
            return next.startCall(call, headers);
        }
        Timeout timeout = timer.newTimeout(
                late -> Failures.report(call, CallRefused.deadlineExceeded()), limit.toNanos(), TimeUnit.NANOSECONDS);
        ServerCall<Q, R> timed = new SimpleForwardingServerCall<>(call) {
            @Override
            public void close(Status status, Metadata trailers) {
                timeout.cancel();
                super.close(status, trailers);
            }
        };
        return new SimpleForwardingServerCallListener<>(next.startCall(timed, headers)) {
            @Override
            public void onCancel() {
                timeout.cancel();
                super.onCancel();
            }
        };
    }
}
