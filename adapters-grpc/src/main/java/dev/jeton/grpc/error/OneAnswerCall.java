package dev.jeton.grpc.error;

import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Holds a unary reply until the call is closed, so that only the first close counts, be it by the service, the deadline or a failure. Any
 * thread may call {@link #close}; headers and message must come from the thread that closes with OK.
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
