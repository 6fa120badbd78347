package dev.jeton.grpc.error;

import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.protobuf.ProtoUtils;

/**
 * Ensures that every unary call gets exactly one answer, and that {@link StatusMapper} turns every exception into a status, whether it is
 * thrown by a handler, reported through {@link Failures} or passed to a stream observer. Must be the outermost interceptor. Thread-safe.
 */
public final class ErrorInterceptor implements ServerInterceptor {
    /** Without an exception, whose stack trace would cost more than all else of a refused call. */
    private static final Metadata.Key<com.google.rpc.Status> DETAILS = Metadata.Key.of(
            "grpc-status-details-bin", ProtoUtils.metadataMarshaller(com.google.rpc.Status.getDefaultInstance()));

    private final StatusMapper mapper;

    public ErrorInterceptor(StatusMapper mapper) {
        this.mapper = mapper;
    }

    @Override
    public <Q, R> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
        ServerCall<Q, R> mapped = new MappedCall<>(new OneAnswerCall<>(call));
        try {
            return new CatchingListener<>(next.startCall(mapped, headers), mapped);
        } catch (Throwable failure) {
            Failures.report(mapped, failure);
            return new ServerCall.Listener<>() {};
        }
    }

    /** Replaces a status that has a cause by the one that the cause maps to. */
    private final class MappedCall<Q, R> extends SimpleForwardingServerCall<Q, R> {
        MappedCall(ServerCall<Q, R> call) {
            super(call);
        }

        @Override
        public void close(Status status, Metadata trailers) {
            if (status.isOk() || status.getCause() == null) {
                super.close(status, trailers);
                return;
            }
            com.google.rpc.Status answer = mapper.toStatus(status.getCause(), getMethodDescriptor());
            Metadata details = new Metadata();
            details.put(DETAILS, answer);
            super.close(Status.fromCodeValue(answer.getCode()).withDescription(answer.getMessage()), details);
        }
    }

    private static final class CatchingListener<Q> extends SimpleForwardingServerCallListener<Q> {
        private final ServerCall<Q, ?> call;

        CatchingListener(ServerCall.Listener<Q> listener, ServerCall<Q, ?> call) {
            super(listener);
            this.call = call;
        }

        @Override
        public void onMessage(Q message) {
            guard(() -> super.onMessage(message));
        }

        @Override
        public void onHalfClose() {
            guard(super::onHalfClose);
        }

        @Override
        public void onReady() {
            guard(super::onReady);
        }

        private void guard(Runnable callback) {
            try {
                callback.run();
            } catch (Throwable failure) {
                Failures.report(call, failure);
            }
        }
    }
}
