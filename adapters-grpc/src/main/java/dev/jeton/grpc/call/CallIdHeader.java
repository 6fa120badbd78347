package dev.jeton.grpc.call;

import dev.jeton.application.access.Caller;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import org.jspecify.annotations.Nullable;

/**
 * Tells the caller of a successful call under which id the audit trail has it: in the header {@code jeton-call-id}. A refused call gets
 * none, so that refusals do not differ.
 */
final class CallIdHeader<Q, R> extends SimpleForwardingServerCall<Q, R> {
    private static final Metadata.Key<String> NAME = Metadata.Key.of("jeton-call-id", Metadata.ASCII_STRING_MARSHALLER);

    private volatile @Nullable Caller caller;

    CallIdHeader(ServerCall<Q, R> call) {
        super(call);
    }

    void by(Caller known) {
        caller = known;
    }

    @Override
    public void sendHeaders(Metadata headers) {
        Caller known = caller;
        if (known != null && known.callId() != null) {
            headers.put(NAME, known.callId().toString());
        }
        super.sendHeaders(headers);
    }
}
