package dev.jeton.grpc.call;

import dev.jeton.application.access.Caller;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import org.jspecify.annotations.Nullable;

/**
 * Adds the header {@code jeton-call-id} to successful replies: the call's id in the audit trail. Refused calls get no id, so that their
 * replies are identical.
 */
final class CallIdHeader<Q, R> extends SimpleForwardingServerCall<Q, R> {
    private static final Metadata.Key<String> NAME = Metadata.Key.of("jeton-call-id", Metadata.ASCII_STRING_MARSHALLER);

    private volatile @Nullable Caller caller;

    CallIdHeader(ServerCall<Q, R> call) {
        super(call);
    }

    void setCaller(Caller authenticated) {
        caller = authenticated;
    }

    @Override
    public void sendHeaders(Metadata headers) {
        Caller current = caller;
        if (current != null && current.callId() != null) {
            headers.put(NAME, current.callId().toString());
        }
        super.sendHeaders(headers);
    }
}
