package dev.jeton.grpc.call;

import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;

/** Runs an action when a call ends; it may run twice, once for the answer and once for the cancellation. */
final class CallEnd {
    private CallEnd() {}

    /** Returns a call that runs the action when it is answered. */
    static <Q, R> ServerCall<Q, R> onClose(ServerCall<Q, R> call, Runnable action) {
        return new SimpleForwardingServerCall<>(call) {
            @Override
            public void close(Status status, Metadata trailers) {
                super.close(status, trailers);
                action.run();
            }
        };
    }

    /** Returns a listener that runs the action when the caller cancels or disconnects. */
    static <Q> ServerCall.Listener<Q> onCancel(ServerCall.Listener<Q> listener, Runnable action) {
        return new SimpleForwardingServerCallListener<>(listener) {
            @Override
            public void onCancel() {
                action.run();
                super.onCancel();
            }
        };
    }
}
