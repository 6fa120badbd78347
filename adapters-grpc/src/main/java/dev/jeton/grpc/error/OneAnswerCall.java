package dev.jeton.grpc.error;

import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Holds a unary reply back until the call is closed, so that whoever closes it first, the service, its deadline or a failure, gives the
 * whole answer and nobody else any. {@link #close} may be called by any thread at any time; headers and message come from the thread
 * that closes with OK.
 */
final class OneAnswerCall<Q, R> extends SimpleForwardingServerCall<Q, R> {
    private final AtomicBoolean answered = new AtomicBoolean();
    private @Nullable Metadata headers;
    private @Nullable R message;

    OneAnswerCall(ServerCall<Q, R> call) {
        super(call);
    }

    @Override
    public void sendHeaders(Metadata replyHeaders) {
        headers = replyHeaders;
    }

    @Override
    public void sendMessage(R reply) {
        message = reply;
    }

    @Override
    public void close(Status status, Metadata trailers) {
        if (!answered.compareAndSet(false, true)) {
            return;
        }
        if (status.isOk() && headers != null && message != null) {
            super.sendHeaders(headers);
            super.sendMessage(message);
        }
        super.close(status, trailers);
    }
}
