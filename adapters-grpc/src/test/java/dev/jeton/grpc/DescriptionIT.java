package dev.jeton.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.reflection.v1.ServiceResponse;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Health and reflection, which need no credential. */
@Timeout(60)
class DescriptionIT {
    private static final MethodDescriptor<ServerReflectionRequest, ServerReflectionResponse> REFLECTION =
            ServerReflectionGrpc.getServerReflectionInfoMethod();

    private final ApiUnderTest api = new ApiUnderTest();
    private final GrpcServer server = server(true);
    private ManagedChannel channel;

    @BeforeEach
    void start() throws IOException {
        server.start();
        channel = connect(server);
    }

    @AfterEach
    void stop() {
        channel.shutdownNow();
        server.drain(Duration.ZERO);
        api.close();
    }

    @Test
    void reportsHealthWithoutCredential() {
        for (String service : List.of(
                "",
                "jeton.v1.TenantService",
                "jeton.v1.UserService",
                "jeton.v1.WorkloadService",
                "jeton.v1.TokenService",
                "jeton.v1.VerificationService",
                "jeton.v1.AuditService")) {
            assertThat(HealthGrpc.newBlockingStub(channel)
                            .check(HealthCheckRequest.newBuilder()
                                    .setService(service)
                                    .build())
                            .getStatus())
                    .isEqualTo(ServingStatus.SERVING);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"grpc.reflection.v1.ServerReflection", "grpc.reflection.v1alpha.ServerReflection"})
    void describesItself(String version) throws Exception {
        MethodDescriptor<ServerReflectionRequest, ServerReflectionResponse> reflection = REFLECTION.toBuilder()
                .setFullMethodName(version + "/ServerReflectionInfo")
                .build();

        assertThat(reflect(channel, reflection, request -> request.setListServices(""))
                        .get()
                        .getListServicesResponse()
                        .getServiceList())
                .extracting(ServiceResponse::getName)
                .containsExactlyInAnyOrder(
                        "jeton.v1.TenantService",
                        "jeton.v1.UserService",
                        "jeton.v1.WorkloadService",
                        "jeton.v1.TokenService",
                        "jeton.v1.VerificationService",
                        "jeton.v1.AuditService",
                        "grpc.health.v1.Health",
                        "grpc.reflection.v1.ServerReflection",
                        "grpc.reflection.v1alpha.ServerReflection");
        for (String symbol : List.of("jeton.v1.TokenService", "jeton.v1.Token", "google.rpc.BadRequest")) {
            assertThat(reflect(channel, reflection, request -> request.setFileContainingSymbol(symbol))
                            .get()
                            .hasFileDescriptorResponse())
                    .as(symbol)
                    .isTrue();
        }
    }

    @Test
    void describesNothingWithoutReflection() throws Exception {
        GrpcServer silent = server(false);
        silent.start();
        ManagedChannel toSilent = connect(silent);
        try {
            assertThat(reflect(toSilent, REFLECTION, request -> request.setListServices(""))
                            .handle((value, failure) ->
                                    Status.fromThrowable(failure).getCode())
                            .get())
                    .isEqualTo(Status.Code.UNIMPLEMENTED);
        } finally {
            toSilent.shutdownNow();
            silent.drain(Duration.ZERO);
        }
    }

    private GrpcServer server(boolean reflection) {
        return new GrpcServer(
                new GrpcServerSettings("127.0.0.1", 0, reflection, GrpcLimits.DEFAULT),
                api.ports(),
                ApiUnderTest.PAGE_TOKEN_KEY);
    }

    private static ManagedChannel connect(GrpcServer server) {
        return NettyChannelBuilder.forAddress("127.0.0.1", server.port())
                .usePlaintext()
                .build();
    }

    private static CompletableFuture<ServerReflectionResponse> reflect(
            Channel channel,
            MethodDescriptor<ServerReflectionRequest, ServerReflectionResponse> reflection,
            Consumer<ServerReflectionRequest.Builder> question) {
        CompletableFuture<ServerReflectionResponse> reply = new CompletableFuture<>();
        StreamObserver<ServerReflectionRequest> requests = ClientCalls.asyncBidiStreamingCall(
                channel.newCall(reflection, CallOptions.DEFAULT), new StreamObserver<>() {
                    @Override
                    public void onNext(ServerReflectionResponse response) {
                        reply.complete(response);
                    }

                    @Override
                    public void onError(Throwable failure) {
                        reply.completeExceptionally(failure);
                    }

                    @Override
                    public void onCompleted() {}
                });
        ServerReflectionRequest.Builder request = ServerReflectionRequest.newBuilder();
        question.accept(request);
        requests.onNext(request.build());
        requests.onCompleted();
        return reply;
    }
}
