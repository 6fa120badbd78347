package dev.jeton.benchmark.reference;

import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ServerCalls;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** A minimal grpc-java server: answers each call with the request, on the thread that read it. */
public final class EchoServer {
    public static final String SERVING = "Echo is serving on 127.0.0.1:";
    public static final String PATH = "/jeton.benchmark.EchoService/Echo";

    private EchoServer() {}

    /** Serves on a free port until standard input ends. */
    public static void main(String[] arguments) throws IOException {
        ServerServiceDefinition echo = ServerServiceDefinition.builder("jeton.benchmark.EchoService")
                .addMethod(
                        method(MethodDescriptor.MethodType.UNARY, PATH),
                        ServerCalls.asyncUnaryCall((request, reply) -> {
                            reply.onNext(request);
                            reply.onCompleted();
                        }))
                .build();
        Server server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .directExecutor()
                .addService(echo)
                .build()
                .start();
        System.out.println(SERVING + server.getPort());
        System.in.transferTo(OutputStream.nullOutputStream());
        server.shutdownNow();
    }

    /** A method whose messages are not decoded. */
    public static MethodDescriptor<byte[], byte[]> method(MethodDescriptor.MethodType type, String path) {
        return MethodDescriptor.<byte[], byte[]>newBuilder()
                .setType(type)
                .setFullMethodName(path.substring(1))
                .setRequestMarshaller(new Bytes())
                .setResponseMarshaller(new Bytes())
                .build();
    }

    private static final class Bytes implements MethodDescriptor.Marshaller<byte[]> {

        @Override
        public InputStream stream(byte[] message) {
            return new ByteArrayInputStream(message);
        }

        @Override
        public byte[] parse(InputStream message) {
            try {
                return message.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
