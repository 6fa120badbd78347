package dev.jeton.bootstrap.docs;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.TypeRegistry;
import com.google.protobuf.util.JsonFormat;
import com.google.rpc.BadRequest;
import dev.jeton.bootstrap.support.ApiFields;
import dev.jeton.bootstrap.support.reply.GuardedChannel;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.TlsChannelCredentials;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.protobuf.StatusProto;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.reflection.v1.ServiceResponse;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Makes the calls for a script named {@code grpcurl} that passes its arguments on, because grpcurl is not on every machine and a JVM per call is
 * too slow. Prints what grpcurl prints. Accepts only the flags that the documentation uses.
 */
final class GrpcurlStandIn implements AutoCloseable {
    private static final int USAGE = 2;
    private static final int STATUS_CODE_OFFSET = 64;
    private static final long REPLY_SECONDS = 10;
    private static final int DOCUMENTED_PORT = 50051;
    private static final Gson PRETTY =
            new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    private final ServerSocket socket;
    private final IntSupplier jetonPort;
    private final Map<String, ManagedChannel> channels = new HashMap<>();

    /**
     * Starts listening.
     *
     * @param jetonPort the actual port of the documented server
     */
    GrpcurlStandIn(IntSupplier jetonPort) throws IOException {
        this.jetonPort = jetonPort;
        socket = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        Thread acceptor = new Thread(this::accept, "grpcurl-stand-in");
        acceptor.setDaemon(true);
        acceptor.start();
    }

    int port() {
        return socket.getLocalPort();
    }

    /** Closes the connections to a server that has stopped. */
    synchronized void disconnect() {
        channels.values().forEach(ManagedChannel::shutdownNow);
        channels.clear();
    }

    @Override
    public void close() throws IOException {
        socket.close();
        disconnect();
    }

    private void accept() {
        while (!socket.isClosed()) {
            try (Socket caller = socket.accept()) {
                DataInputStream in = new DataInputStream(caller.getInputStream());
                List<String> words = new ArrayList<>();
                int count = Integer.parseInt(word(in));
                while (words.size() < count) {
                    words.add(word(in));
                }
                Answer answer = answer(Path.of(words.get(0)), words.subList(1, count));
                OutputStream out = caller.getOutputStream();
                out.write((answer.exitStatus() + "\n" + answer.text()).getBytes(StandardCharsets.UTF_8));
                out.flush();
            } catch (IOException gone) {
                // The caller fails by itself, or the socket was closed.
            }
        }
    }

    private static String word(DataInputStream in) throws IOException {
        ByteArrayOutputStream word = new ByteArrayOutputStream();
        for (int b = in.readUnsignedByte(); b != 0; b = in.readUnsignedByte()) {
            word.write(b);
        }
        return word.toString(StandardCharsets.UTF_8);
    }

    private record Answer(int exitStatus, String text) {}

    private Answer answer(Path directory, List<String> arguments) {
        try {
            return new Answer(0, run(GrpcurlArguments.parse(arguments), directory));
        } catch (StatusRuntimeException refused) {
            return new Answer(STATUS_CODE_OFFSET + refused.getStatus().getCode().value(), describe(refused));
        } catch (Exception wrong) {
            return new Answer(USAGE, "grpcurl stand-in: " + wrong + "\n");
        }
    }

    private String run(GrpcurlArguments arguments, Path directory) throws Exception {
        Channel channel = ClientInterceptors.intercept(
                channel(arguments, directory), MetadataUtils.newAttachHeadersInterceptor(arguments.headers()));
        if (arguments.symbol().equals("list")) {
            return list(channel, arguments.service());
        }
        MethodDescriptor<?, ?> method = Optional.ofNullable(
                        ApiFields.rpcs().get(arguments.symbol().replaceFirst(".*/", "")))
                .filter(found -> found.getFullMethodName().equals(arguments.symbol()))
                .orElseThrow(() -> new IllegalArgumentException("no method " + arguments.symbol()));
        Message.Builder request = ApiFields.request(method).toBuilder();
        JsonFormat.parser().merge(arguments.data(), request);
        return json(JsonFormat.printer().print(ApiFields.call(channel, method.getBareMethodName(), request.build())));
    }

    private synchronized Channel channel(GrpcurlArguments arguments, Path directory) throws IOException {
        String address = arguments.address();
        int colon = address.lastIndexOf(':');
        if (!address.substring(colon + 1).equals(Integer.toString(DOCUMENTED_PORT))) {
            throw new IllegalArgumentException("not the documented port: " + address);
        }
        String target = address.substring(0, colon + 1) + jetonPort.getAsInt();
        @Nullable String caFile = arguments.caFile();
        String key = target + " " + caFile;
        ManagedChannel channel = channels.get(key);
        if (channel == null) {
            channel = caFile == null
                    ? GuardedChannel.to(target)
                    : GuardedChannel.of(NettyChannelBuilder.forTarget(
                            target,
                            TlsChannelCredentials.newBuilder()
                                    .trustManager(directory.resolve(caFile).toFile())
                                    .build()));
            channels.put(key, channel);
        }
        return channel;
    }

    private static String list(Channel channel, @Nullable String service) throws Exception {
        if (service != null) {
            return ApiFields.rpcs().values().stream()
                    .map(MethodDescriptor::getFullMethodName)
                    .filter(name -> name.startsWith(service + "/"))
                    .map(name -> name.replace('/', '.') + "\n")
                    .sorted()
                    .collect(Collectors.joining());
        }
        CompletableFuture<ServerReflectionResponse> reply = new CompletableFuture<>();
        StreamObserver<ServerReflectionRequest> requests = ServerReflectionGrpc.newStub(channel)
                .serverReflectionInfo(new StreamObserver<>() {
                    @Override
                    public void onNext(ServerReflectionResponse value) {
                        reply.complete(value);
                    }

                    @Override
                    public void onError(Throwable failure) {
                        reply.completeExceptionally(failure);
                    }

                    @Override
                    public void onCompleted() {}
                });
        requests.onNext(ServerReflectionRequest.newBuilder().setListServices("").build());
        List<ServiceResponse> services = reply.get(REPLY_SECONDS, TimeUnit.SECONDS)
                .getListServicesResponse()
                .getServiceList();
        requests.onCompleted();
        return services.stream().map(found -> found.getName() + "\n").sorted().collect(Collectors.joining());
    }

    private static String describe(StatusRuntimeException refused) {
        Status status = refused.getStatus();
        StringBuilder text = new StringBuilder("ERROR:\n  Code: %s\n  Message: %s\n"
                .formatted(
                        Arrays.stream(status.getCode().name().split("_"))
                                .map(word -> word.charAt(0) + word.substring(1).toLowerCase())
                                .collect(Collectors.joining()),
                        status.getDescription()));
        com.google.rpc.Status details = StatusProto.fromThrowable(refused);
        if (details != null && details.getDetailsCount() > 0) {
            text.append("  Details:\n");
            int number = 0;
            for (Any detail : details.getDetailsList()) {
                number++;
                String[] lines = describe(detail).split("\n");
                text.append("  %d)\t%s\n".formatted(number, lines[0]));
                Arrays.stream(lines)
                        .skip(1)
                        .forEach(line -> text.append("    \t").append(line).append('\n'));
            }
        }
        return text.toString();
    }

    private static String describe(Any detail) {
        TypeRegistry types = TypeRegistry.newBuilder()
                .add(BadRequest.getDescriptor().getFile().getMessageTypes())
                .build();
        try {
            return json(JsonFormat.printer().usingTypeRegistry(types).print(detail));
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String json(String compact) {
        JsonElement json = JsonParser.parseString(compact);
        return PRETTY.toJson(json) + "\n";
    }
}
