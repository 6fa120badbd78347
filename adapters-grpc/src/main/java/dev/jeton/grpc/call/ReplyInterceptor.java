package dev.jeton.grpc.call;

import dev.jeton.grpc.error.CallRefused;
import dev.jeton.grpc.error.Failures;
import dev.jeton.grpc.error.ReadOnlyMethods;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.KnownLength;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * Counts each reply in {@link UnreadReplies} until the client has read it. Above the limit the replies of calls that change nothing are refused;
 * a write's reply is always sent. Must be the second interceptor, after {@link dev.jeton.grpc.error.ErrorInterceptor}. Thread-safe.
 */
public final class ReplyInterceptor implements ServerInterceptor {
    /** Of a message in the gRPC protocol. */
    private static final int PREFIX_BYTES = 5;

    private final UnreadReplies unread;

    public ReplyInterceptor(UnreadReplies unread) {
        this.unread = unread;
    }

    @Override
    public <Q, R> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
        Context context = Context.current();
        UnreadReplies.Reply reply = unread.newReply(CancellableCalls.resetOfCurrentCall());
        ServerCall<Q, R> counted = new SimpleForwardingServerCall<>(call) {
            @Override
            public void sendMessage(R message) {
                reply.setBytes(PREFIX_BYTES + size(message));
                super.sendMessage(message);
            }

            @Override
            public void close(Status status, Metadata trailers) {
                if (status.isOk() && !reply.send(ReadOnlyMethods.contains(getMethodDescriptor()))) {
                    Failures.report(delegate(), CallRefused.repliesUnread());
                    return;
                }
                super.close(status, trailers);
            }
        };
        return new SimpleForwardingServerCallListener<>(
                Contexts.interceptCall(context.withValue(CallContext.REPLY, reply), counted, headers, next)) {
            @Override
            public void onComplete() {
                reply.end();
                super.onComplete();
            }

            @Override
            public void onCancel() {
                reply.end();
                super.onCancel();
            }
        };
    }

    /** The service's marshaller has encoded the message. */
    private static int size(Object message) {
        try {
            return message instanceof KnownLength && message instanceof InputStream encoded ? encoded.available() : 0;
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
