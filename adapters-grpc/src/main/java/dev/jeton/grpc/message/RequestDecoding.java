package dev.jeton.grpc.message;

import com.google.protobuf.Message;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.MethodDescriptor.PrototypeMarshaller;
import io.grpc.ServerInterceptors;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * Has a service's requests pass through the interceptors as bytes and decoded behind them. So a request is read only after its caller is
 * known, and one that cannot be read is a failure like any other; grpc-java itself would call it INTERNAL.
 */
public final class RequestDecoding {
    private RequestDecoding() {}

    /**
     * The service with its methods so changed; to be wrapped in interceptors afterwards.
     *
     * @param maxBytes the longest request of each method
     * @param maxNesting how deep messages may lie in a request
     */
    public static ServerServiceDefinition behindInterceptors(
            ServerServiceDefinition service, ToIntFunction<MethodDescriptor<?, ?>> maxBytes, int maxNesting) {
        List<ServerMethodDefinition<?, ?>> methods = new ArrayList<>();
        for (ServerMethodDefinition<?, ?> method : service.getMethods()) {
            methods.add(strict(method, maxBytes.applyAsInt(method.getMethodDescriptor()), maxNesting));
        }
        ServiceDescriptor.Builder descriptor = ServiceDescriptor.newBuilder(
                        service.getServiceDescriptor().getName())
                .setSchemaDescriptor(service.getServiceDescriptor().getSchemaDescriptor());
        methods.forEach(method -> descriptor.addMethod(method.getMethodDescriptor()));
        ServerServiceDefinition.Builder strict = ServerServiceDefinition.builder(descriptor.build());
        methods.forEach(strict::addMethod);
        return ServerInterceptors.useMarshalledMessages(strict.build(), new Bytes(), new Untouched());
    }

    @SuppressWarnings("unchecked")
    private static <Q, R> ServerMethodDefinition<Q, R> strict(
            ServerMethodDefinition<Q, R> method, int maxBytes, int maxNesting) {
        MethodDescriptor<Q, R> descriptor = method.getMethodDescriptor();
        Object prototype = ((PrototypeMarshaller<Q>) descriptor.getRequestMarshaller()).getMessagePrototype();
        Marshaller<Q> requests = (Marshaller<Q>) new StrictMarshaller<>((Message) prototype, maxBytes, maxNesting);
        return ServerMethodDefinition.create(
                descriptor.toBuilder(requests, descriptor.getResponseMarshaller())
                        .build(),
                method.getServerCallHandler());
    }

    /** A request as it was sent, to be read as often as needed. */
    private static final class Bytes implements Marshaller<byte[]> {
        @Override
        public InputStream stream(byte[] message) {
            return new ByteArrayInputStream(message);
        }

        @Override
        public byte[] parse(InputStream stream) {
            try {
                // As long as it is known to be; readAllBytes would take 16 KiB for a start.
                byte[] message = new byte[stream.available()];
                stream.readNBytes(message, 0, message.length);
                return message;
            } catch (IOException impossible) {
                throw new UncheckedIOException(impossible);
            }
        }
    }

    /** A reply, which the service's own marshaller has dealt with. */
    private static final class Untouched implements Marshaller<InputStream> {
        @Override
        public InputStream stream(InputStream message) {
            return message;
        }

        @Override
        public InputStream parse(InputStream stream) {
            return stream;
        }
    }
}
