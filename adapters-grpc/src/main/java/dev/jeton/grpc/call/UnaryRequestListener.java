package dev.jeton.grpc.call;

import dev.jeton.domain.error.ErrorReason;
import dev.jeton.domain.error.InvalidArgument;
import io.grpc.Context;
import io.grpc.ServerCall;
import org.jspecify.annotations.Nullable;

/**
 * Holds a unary call's message undecoded until the request is complete, so that the caller is authenticated before the message is decoded. A
 * second message completes it too: the call is invalid then. Forwards no later events: a unary handler reads cancellation from its context.
 */
abstract class UnaryRequestListener<Q> extends ServerCall.Listener<Q> {
    private final ServerCall.Listener<Q> handler;
    private @Nullable Q message;
    private int messages;

    UnaryRequestListener(ServerCall.Listener<Q> handler) {
        this.handler = handler;
    }

    @Override
    public final void onMessage(Q received) {
        message = received;
        messages++;
        if (messages == 2) {
            onRequest(Context.current());
        }
    }

    @Override
    public final void onHalfClose() {
        if (messages < 2) {
            onRequest(Context.current());
        }
    }

    /** Called when the request is complete; must end in {@link #handle} or in a failure. */
    abstract void onRequest(Context context);

    /** Decodes the message and calls the service, on this thread and in {@code context}. */
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
