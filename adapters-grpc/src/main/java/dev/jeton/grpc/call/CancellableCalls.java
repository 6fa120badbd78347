package dev.jeton.grpc.call;

import io.grpc.Context;
import io.grpc.Context.CancellableContext;
import io.grpc.Metadata;
import io.grpc.ServerStreamTracer;
import java.util.concurrent.TimeoutException;

/**
 * Makes it possible to reset a call whose reply is sent but not read: a {@link io.grpc.ServerCall} cannot be cancelled, and grpc-java does not
 * hand out the context that it makes for the call. So each call gets one above that. Thread-safe.
 */
public final class CancellableCalls extends ServerStreamTracer.Factory {
    private static final Context.Key<CancellableContext> CALL = Context.key("cancellable-call");

    private static final ServerStreamTracer TRACER = new ServerStreamTracer() {
        @Override
        public Context filterContext(Context context) {
            CancellableContext call = context.withCancellation();
            return call.withValue(CALL, call);
        }
    };

    @Override
    public ServerStreamTracer newServerStreamTracer(String method, Metadata headers) {
        return TRACER;
    }

    /** Returns an action that resets the current call with DEADLINE_EXCEEDED; nothing happens if it has ended. */
    static Runnable resetOfCurrentCall() {
        CancellableContext call = CALL.get();
        if (call == null) {
            throw new IllegalStateException("The server needs this stream tracer");
        }
        // grpc-java resets the stream for this cause only.
        return () -> call.cancel(new TimeoutException("The client did not read the reply in time"));
    }
}
