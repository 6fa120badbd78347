package dev.jeton.bootstrap.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jeton.bootstrap.CommandRun;
import dev.jeton.bootstrap.support.JetonProcess;
import dev.jeton.bootstrap.tls.TestAuthority.Issued;
import io.grpc.Channel;
import io.grpc.Status;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.stub.StreamObserver;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server that requires no client certificates. */
@Timeout(120)
class TlsIT {
    private static final int HANDSHAKE = 22;
    private static final int ALERT = 21;
    private static final int PROTOCOL_VERSION = 70;

    @TempDir
    private static Path directory;

    private static TestAuthority authority;
    private static Issued server;
    private static JetonProcess jeton;

    @BeforeAll
    static void start() throws Exception {
        authority = TestAuthority.in(directory.resolve("authority"));
        server = authority.issue("server");
        jeton = JetonProcess.start(
                directory.resolve("data"),
                "--bind=0.0.0.0",
                "--tls-cert=" + server.certificate(),
                "--tls-key=" + server.key());
    }

    @AfterAll
    static void stop() {
        jeton.close();
    }

    @Test
    void servesBeyondLoopbackWithoutAllowingPlaintext() {
        assertThat(jeton.output()).isEqualTo("Jeton is serving on " + jeton.address());
        assertThat(jeton.address()).startsWith("0.0.0.0:");
    }

    @Test
    void servesOverTls() throws Exception {
        try (TlsClient client = TlsClient.of(address(), authority.certificate(), null)) {
            assertThat(TlsClient.listTenants(client.as(jeton.operatorToken()))).isEqualTo(Status.Code.OK);
            assertThat(TlsClient.listTenants(client.anonymous())).isEqualTo(Status.Code.UNAUTHENTICATED);
        }
    }

    @Test
    void servesHealthAndReflectionOverTls() throws Exception {
        try (TlsClient client = TlsClient.of(address(), authority.certificate(), null)) {
            assertThat(HealthGrpc.newBlockingStub(client.anonymous())
                            .check(HealthCheckRequest.getDefaultInstance())
                            .getStatus())
                    .isEqualTo(ServingStatus.SERVING);
            assertThat(services(client.anonymous())).contains("jeton.v1.TokenService");
        }
    }

    @Test
    void refusesPlaintext() {
        assertThat(TlsClient.listTenants(jeton.asOperator())).isEqualTo(Status.Code.UNAVAILABLE);
    }

    @Test
    void isNotTrustedByClientsOfAnotherCa() throws Exception {
        TestAuthority other = TestAuthority.in(directory.resolve("other"));
        try (TlsClient client = TlsClient.of(address(), other.certificate(), null)) {
            assertThat(TlsClient.listTenants(client.as(jeton.operatorToken()))).isEqualTo(Status.Code.UNAVAILABLE);
        }
    }

    @Test
    void refusesVersionsBeforeTls12() throws Exception {
        assertThat(answerTo((byte) 2)).startsWith(ALERT).endsWith(PROTOCOL_VERSION);
        assertThat(answerTo((byte) 3)).startsWith(HANDSHAKE);
    }

    @Test
    void logsItsCertificateAndNotItsKey() throws Exception {
        String keyLine = Files.readAllLines(server.key()).get(1);

        assertThat(jeton.log())
                .contains("Using the TLS certificate of CN=server", "--tls-cert=" + server.certificate())
                .doesNotContain(keyLine);
    }

    @Test
    void doesNotStartWithTheKeyOfAnotherCertificate() throws Exception {
        Issued other = authority.issue("other");
        Path data = directory.resolve("never");

        CommandRun refused = CommandRun.of(
                "--data-dir=" + data,
                "--bnd=0.0.0.0",
                "--tls-cert=" + server.certificate(),
                "--tls-key=" + other.key(),
                "--tls-client-ca=" + server.key());

        assertThat(refused.exitStatus()).isEqualTo(2);
        assertThat(refused.log())
                .contains("--bnd", "--tls-key " + other.key() + ": is not the key", "--tls-client-ca " + server.key());
        assertThat(data).doesNotExist();
    }

    private static String address() {
        return "127.0.0.1:" + URI.create("//" + jeton.address()).getPort();
    }

    private static String services(Channel channel) {
        CompletableFuture<String> answer = new CompletableFuture<>();
        StreamObserver<ServerReflectionRequest> asking = ServerReflectionGrpc.newStub(channel)
                .serverReflectionInfo(new StreamObserver<>() {
                    @Override
                    public void onNext(ServerReflectionResponse response) {
                        answer.complete(response.getListServicesResponse().toString());
                    }

                    @Override
                    public void onError(Throwable failure) {
                        answer.completeExceptionally(failure);
                    }

                    @Override
                    public void onCompleted() {}
                });
        asking.onNext(ServerReflectionRequest.newBuilder().setListServices("").build());
        String services = answer.join();
        asking.onCompleted();
        return services;
    }

    /**
     * Sends a ClientHello whose newest version is this one: 2 is TLS 1.1, 3 is TLS 1.2. Written by hand, because Java clients no longer support
     * TLS 1.1.
     *
     * @return the type of the server's record and its last byte, which is the code if it is an alert
     */
    private static byte[] answerTo(byte minorVersion) throws IOException {
        byte[] extensions = {
            0, 10, 0, 4, 0, 2, 0, 23, // the curve secp256r1
            0, 13, 0, 4, 0, 2, 4, 3 // signatures by ECDSA with SHA-256
        };
        int body = 2 + 32 + 1 + 2 + 4 + 2 + 2 + extensions.length;
        ByteBuffer hello = ByteBuffer.allocate(5 + 4 + body);
        hello.put((byte) HANDSHAKE).put(new byte[] {3, 1}).putShort((short) (4 + body));
        hello.putInt(1 << 24 | body)
                .put(new byte[] {3, minorVersion})
                .put(new byte[32])
                .put((byte) 0);
        // ECDHE with ECDSA, with AES of TLS 1.0 and of TLS 1.2; no compression.
        hello.putShort((short) 4)
                .putShort((short) 0xc009)
                .putShort((short) 0xc02b)
                .put(new byte[] {1, 0});
        hello.putShort((short) extensions.length).put(extensions);
        try (Socket socket =
                new Socket("127.0.0.1", URI.create("//" + jeton.address()).getPort())) {
            socket.getOutputStream().write(hello.array());
            DataInputStream answer = new DataInputStream(socket.getInputStream());
            byte type = answer.readByte();
            answer.readShort();
            byte[] content = answer.readNBytes(answer.readUnsignedShort());
            return new byte[] {type, content[content.length - 1]};
        }
    }
}
