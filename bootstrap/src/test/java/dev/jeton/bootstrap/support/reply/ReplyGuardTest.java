package dev.jeton.bootstrap.support.reply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Any;
import com.google.rpc.ErrorInfo;
import dev.jeton.v1.CreateTokenRequest;
import dev.jeton.v1.CreateTokenResponse;
import dev.jeton.v1.GetTokenRequest;
import dev.jeton.v1.GetTokenResponse;
import dev.jeton.v1.Token;
import dev.jeton.v1.TokenServiceGrpc;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerInterceptors;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Guards the replies of a server that discloses something in every possible place. */
@Tag("G5")
@Tag("G16")
class ReplyGuardTest {
    private static final String RANDOM_PART = "R4nd0mR4nd0mR4nd0mR4nd0mR4nd0mR4";
    private static final String SECRET = "jtn_" + "0".repeat(44) + RANDOM_PART + "Check5";
    private static final Metadata.Key<String> HEADER = Metadata.Key.of("x-cause", Metadata.ASCII_STRING_MARSHALLER);

    private final Metadata headers = new Metadata();
    private final ReplyGuard guard = new ReplyGuard();
    private final Leaking service = new Leaking();
    private Server server;
    private ManagedChannel channel;
    private TokenServiceGrpc.TokenServiceBlockingStub tokens;

    private static final class Leaking extends TokenServiceGrpc.TokenServiceImplBase {
        private final AtomicReference<StatusException> refusal = new AtomicReference<>();
        private final AtomicInteger refusals = new AtomicInteger(Integer.MAX_VALUE);
        private volatile String name = "";

        @Override
        public void getToken(GetTokenRequest request, StreamObserver<GetTokenResponse> reply) {
            StatusException refused = refusal.get();
            if (refused != null && refusals.getAndDecrement() > 0) {
                reply.onError(refused);
                return;
            }
            reply.onNext(GetTokenResponse.newBuilder()
                    .setToken(Token.newBuilder().setName(name))
                    .build());
            reply.onCompleted();
        }

        @Override
        public void createToken(CreateTokenRequest request, StreamObserver<CreateTokenResponse> reply) {
            reply.onNext(CreateTokenResponse.newBuilder().setSecret(SECRET).build());
            reply.onCompleted();
        }
    }

    @BeforeEach
    void start() throws Exception {
        server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .directExecutor()
                .addService(ServerInterceptors.intercept(
                        service, MetadataUtils.newAttachMetadataServerInterceptor(headers)))
                .build()
                .start();
        channel = NettyChannelBuilder.forAddress("127.0.0.1", server.getPort())
                .usePlaintext()
                .build();
        Channel guarded = ClientInterceptors.intercept(channel, guard);
        tokens = TokenServiceGrpc.newBlockingStub(guarded);
    }

    @AfterEach
    void stop() {
        channel.shutdownNow();
        server.shutdownNow();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ERROR: duplicate key value violates unique constraint \"users_email_key\"",
                "SELECT id, name FROM tokens WHERE tenant_id = ?",
                "insert into tokens (id) values (1)",
                "UPDATE tokens SET state = 1",
                "DELETE FROM tokens WHERE id = ?",
                "ERROR: relation \"tokens\" does not exist",
                "failed\n\tat dev.jeton.grpc.token.TokenProtos.read(TokenProtos.java:17)",
                "java.lang.NullPointerException: name",
                "org.postgresql.util.PSQLException",
                "dev.jeton.domain.token.Token is null",
                "no such token: jtn_00000000000000000000000000000000000000000000R4nd0mR4nd0mR4nd0mR4nd0mR4nd0mR4Check5"
            })
    void findsWhatAStatusAndItsDetailsDisclose(String cause) throws Exception {
        refuseWith(Status.INTERNAL.withDescription(cause).asException());
        assertThat(guard.takeFound()).singleElement().asString().contains("GetToken", "status", cause);

        refuseWith(details(ErrorInfo.newBuilder().putMetadata("cause", cause)));
        assertThat(guard.takeFound()).singleElement().asString().contains("trailers", cause);
    }

    @Test
    void findsWhatAHeaderDiscloses() {
        headers.put(HEADER, "java.lang.IllegalStateException");
        get();

        assertThat(guard.takeFound()).singleElement().asString().contains("headers", "a class name");
    }

    @Test
    void findsASecretInAnyReplyExceptTheOneThatShowsIt() {
        assertThat(tokens.createToken(CreateTokenRequest.getDefaultInstance()).getSecret())
                .isEqualTo(SECRET);
        assertThat(guard.takeFound()).isEmpty();

        service.name = "called " + SECRET;
        get();
        assertThat(guard.takeFound()).singleElement().asString().contains("message", "random part");

        service.name = "x" + RANDOM_PART + "y";
        get();
        assertThat(guard.takeFound()).singleElement().asString().contains("random part");
    }

    @Test
    void acceptsHarmlessErrors() throws Exception {
        headers.put(HEADER, "0198c5f2-7b7e-7c61-9d4a-6b1f0a3c2d11");
        service.name = "SELECT a good name FROM the list, please";
        get();
        refuseWith(Status.NOT_FOUND
                .withDescription(
                        "token_id: no such token; choose one that ListTokens shows, or create it. See jeton.v1.Token")
                .asException());
        refuseWith(details(ErrorInfo.newBuilder().setDomain("jeton").setReason("TOKEN_NOT_FOUND")));

        assertThat(guard.takeFound()).isEmpty();
    }

    /** The library retries such an attempt, and the caller sees only the last one. */
    @Test
    void findsWhatARepeatedAttemptDiscloses() {
        service.refusal.set(
                Status.UNAVAILABLE.withDescription("Caused by: disk").asException());
        service.refusals.set(1);
        ManagedChannel retrying = NettyChannelBuilder.forAddress("127.0.0.1", server.getPort())
                .usePlaintext()
                .defaultServiceConfig(Map.of(
                        "methodConfig",
                        List.of(Map.of(
                                "name",
                                List.of(Map.of()),
                                "retryPolicy",
                                Map.of(
                                        "maxAttempts",
                                        2.0,
                                        "initialBackoff",
                                        "0.01s",
                                        "maxBackoff",
                                        "0.01s",
                                        "backoffMultiplier",
                                        1.0,
                                        "retryableStatusCodes",
                                        List.of("UNAVAILABLE"))))))
                .intercept(guard)
                .build();
        try {
            TokenServiceGrpc.newBlockingStub(retrying).getToken(GetTokenRequest.getDefaultInstance());
        } finally {
            retrying.shutdownNow();
        }

        assertThat(guard.takeFound()).singleElement().asString().contains("status", "Caused by: disk");
    }

    @Test
    void findsWhatAProcessPrints() {
        guard.checkOutput("Jeton is serving on 127.0.0.1:7233");
        guard.checkLog("dev.jeton.bootstrap.Jeton started");
        guard.checkOutput(SECRET);
        assertThat(guard.takeFound()).isEmpty();

        guard.checkOutput("java.lang.IllegalStateException");
        assertThat(guard.takeFound()).singleElement().asString().contains("output", "a class name");
        guard.checkLog("created " + RANDOM_PART);
        assertThat(guard.takeFound()).singleElement().asString().contains("log", "random part");
        guard.checkLog("created " + SECRET);
        assertThat(guard.takeFound()).singleElement().asString().contains("log", "a secret");
    }

    /** Takes the finding before the real extension fails this test. */
    @Test
    void extensionFailsATestWithSuchAReply() throws Exception {
        service.refusal.set(Status.INTERNAL.withDescription("Caused by: disk").asException());
        TokenServiceGrpc.TokenServiceBlockingStub guarded =
                TokenServiceGrpc.newBlockingStub(ClientInterceptors.intercept(channel, ReplyGuard.OF_ALL_TESTS));
        assertThatThrownBy(() -> guarded.getToken(GetTokenRequest.getDefaultInstance()))
                .isInstanceOf(StatusRuntimeException.class);

        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> new ReplyGuardExtension().afterEach(null))
                .withMessageContaining("Caused by: disk");
    }

    private static StatusException details(ErrorInfo.Builder info) {
        return StatusProto.toStatusException(com.google.rpc.Status.newBuilder()
                .setCode(Status.Code.NOT_FOUND.value())
                .setMessage("no")
                .addDetails(Any.pack(info.build()))
                .build());
    }

    private void get() {
        tokens.getToken(GetTokenRequest.getDefaultInstance());
    }

    private void refuseWith(StatusException refusal) {
        service.refusal.set(refusal);
        assertThatThrownBy(this::get).isInstanceOf(StatusRuntimeException.class);
    }
}
