package dev.jeton.grpc.call;

import dev.jeton.domain.error.ErrorReason;
import dev.jeton.domain.error.InvalidArgument;
import io.grpc.Context;
import io.grpc.ServerCall;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a unary call's message, unread, until the caller has sent all of it; so what is done about the caller comes before the message is
 * looked at. Of the later events a unary handler needs none: whether the call was cancelled meanwhile stands in its context.
 */
abstract class WholeRequest<Q> extends ServerCall.Listener<Q> {
    private final ServerCall.Listener<Q> handler;
    private @Nullable Q message;
    private int messages;

    WholeRequest(ServerCall.Listener<Q> handler) {
        this.handler = handler;
    }

    @Override
    public final void onMessage(Q received) {
        message = received;
        messages++;
    }

    @Override
    public final void onHalfClose() {
        onRequest(Context.current());
    }

    /** The request is complete; to end in {@link #handle} or in a failure. */
    abstract void onRequest(Context context);

    /** Has the message decoded and the service called, on this thread and in {@code context}. */
    final void handle(Context context) {
        Q received = message;
        if (received == null || messages != 1) {
            throw new InvalidArgument(ErrorReason.MALFORMED_REQUEST, "The call must carry exactly one message.");
        }
        context.run(() -> {
            handler.onMessage(received);
            handler.onHalfClose();
        });
    }
}
