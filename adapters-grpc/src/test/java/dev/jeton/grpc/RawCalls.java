package dev.jeton.grpc;

import dev.jeton.v1.AuditServiceGrpc;
import dev.jeton.v1.TenantServiceGrpc;
import dev.jeton.v1.TokenServiceGrpc;
import dev.jeton.v1.UserServiceGrpc;
import dev.jeton.v1.VerificationServiceGrpc;
import dev.jeton.v1.WorkloadServiceGrpc;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.MethodDescriptor;
import io.grpc.ServiceDescriptor;
import io.grpc.stub.ClientCalls;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Stream;

/** Calls RPCs with arbitrary bytes, and lists all RPCs. */
public final class RawCalls {
    private static final List<ServiceDescriptor> SERVICES = List.of(
            TenantServiceGrpc.getServiceDescriptor(),
            UserServiceGrpc.getServiceDescriptor(),
            WorkloadServiceGrpc.getServiceDescriptor(),
            TokenServiceGrpc.getServiceDescriptor(),
            VerificationServiceGrpc.getServiceDescriptor(),
            AuditServiceGrpc.getServiceDescriptor());

    private RawCalls() {}

    public static Stream<MethodDescriptor<?, ?>> allMethods() {
        return SERVICES.stream().flatMap(service -> service.getMethods().stream());
    }

    public static byte[] call(Channel channel, String fullMethodName, byte[] request) {
        return ClientCalls.blockingUnaryCall(channel, method(fullMethodName), CallOptions.DEFAULT, request);
    }

    public static MethodDescriptor<byte[], byte[]> method(String fullMethodName) {
        return MethodDescriptor.<byte[], byte[]>newBuilder(new Bytes(), new Bytes())
                .setType(MethodDescriptor.MethodType.UNARY)
                .setFullMethodName(fullMethodName)
                .build();
    }

    private static final class Bytes implements MethodDescriptor.Marshaller<byte[]> {
        @Override
        public InputStream stream(byte[] value) {
            return new ByteArrayInputStream(value);
        }

        @Override
        public byte[] parse(InputStream stream) {
            try {
                return stream.readAllBytes();
            } catch (IOException impossible) {
                throw new UncheckedIOException(impossible);
            }
        }
    }
}
