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
 * Decodes requests after the interceptors instead of before them. A request is decoded only after its caller is authenticated, and a
 * malformed one fails with INVALID_ARGUMENT; grpc-java itself would answer INTERNAL.
 */
public final class RequestDecoding {
    private RequestDecoding() {}

    /**
     * Returns the service with its methods changed this way; wrap it in interceptors afterwards.
     *
     * @param maxBytes the maximum request size of each method
     * @param maxNesting the maximum depth of nested messages
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
        return ServerInterceptors.useMarshalledMessages(strict.build(), new Bytes(), new PassThrough());
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

    /** A request's bytes, which can be read repeatedly. */
    private static final class Bytes implements Marshaller<byte[]> {
        @Override
        public InputStream stream(byte[] message) {
            return new ByteArrayInputStream(message);
        }

        @Override
        public byte[] parse(InputStream stream) {
            try {
                // The size is known; readAllBytes would allocate 16 KiB first.
                byte[] message = new byte[stream.available()];
                stream.readNBytes(message, 0, message.length);
                return message;
            } catch (IOException impossible) {
                throw new UncheckedIOException(impossible);
            }
        }
    }

    /** A reply that the service's own marshaller has already encoded. */
    private static final class PassThrough implements Marshaller<InputStream> {
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
