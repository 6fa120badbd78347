package dev.jeton.bootstrap.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jeton.bootstrap.support.Awaiting;
import dev.jeton.bootstrap.support.JetonProcess;
import dev.jeton.bootstrap.tls.TestAuthority.Issued;
import io.grpc.Status;
import io.grpc.util.CertificateUtils;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server that requires client certificates and reloads certificates while running. */
@Timeout(120)
class MutualTlsIT {
    @TempDir
    private static Path directory;

    private static TestAuthority authority;
    private static Issued first;
    private static Issued client;
    private static Issued inUse;
    private static Path clientCa;
    private static JetonProcess jeton;

    @BeforeAll
    static void start() throws Exception {
        authority = TestAuthority.in(directory.resolve("authority"));
        first = authority.issue("first");
        client = authority.issue("client");
        inUse = new Issued(directory.resolve("in-use.crt"), directory.resolve("in-use.key"));
        clientCa = directory.resolve("client-ca.crt");
        put(first);
        put(authority.certificate(), clientCa);
        jeton = JetonProcess.start(
                directory.resolve("data"),
                "--tls-cert=" + inUse.certificate(),
                "--tls-key=" + inUse.key(),
                "--tls-client-ca=" + clientCa,
                "--tls-reload-interval=100ms");
    }

    @AfterAll
    static void stop() {
        jeton.close();
    }

    @Test
    void acceptsClientsWithACertificateOfTheCa() throws Exception {
        assertThat(call(client)).isEqualTo(Status.Code.OK);
    }

    @Test
    void refusesClientsWithoutACertificateOrWithOneOfAnotherCa() throws Exception {
        Issued foreign = TestAuthority.in(directory.resolve("foreign")).issue("client");

        assertThat(call(null)).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(call(foreign)).isEqualTo(Status.Code.UNAVAILABLE);
    }

    @Test
    void aCertificateDoesNotReplaceTheToken() throws Exception {
        try (TlsClient connection = connect(client)) {
            assertThat(TlsClient.listTenants(connection.anonymous())).isEqualTo(Status.Code.UNAUTHENTICATED);
        }
    }

    @Test
    void servesANewCertificateToNewConnectionsAndKeepsOldOnes() throws Exception {
        put(first);
        awaitServed(first.certificate());
        try (TlsClient old = connect(client)) {
            assertThat(TlsClient.listTenants(old.as(jeton.operatorToken()))).isEqualTo(Status.Code.OK);
            Issued second = authority.issueRsa("second");

            put(second);

            awaitServed(second.certificate());
            assertThat(call(client)).isEqualTo(Status.Code.OK);
            assertThat(TlsClient.listTenants(old.as(jeton.operatorToken()))).isEqualTo(Status.Code.OK);
        }
    }

    @Test
    void servesACertificateRenewedForTheSameKey() throws Exception {
        Issued third = authority.issue("third");
        put(third);
        awaitServed(third.certificate());
        Path renewed = authority.renew("third");

        put(renewed, inUse.certificate());

        awaitServed(renewed);
    }

    @Test
    void keepsTheOldCertificateWhileTheNewFilesAreInvalid() throws Exception {
        Issued fourth = authority.issue("fourth");
        Issued fifth = authority.issue("fifth");
        put(fourth);
        awaitServed(fourth.certificate());

        String whole = Files.readString(fifth.certificate());
        Files.writeString(inUse.certificate(), whole.substring(0, whole.length() / 2));
        awaitLog("--tls-cert " + inUse.certificate() + ": contains data that is not a complete PEM certificate");
        assertThat(served()).isEqualTo(certificate(fourth.certificate()));

        put(fifth.certificate(), inUse.certificate());
        awaitLog("--tls-key " + inUse.key() + ": is not the key of the first certificate");
        assertThat(served()).isEqualTo(certificate(fourth.certificate()));

        Files.delete(inUse.key());
        awaitLog("--tls-key " + inUse.key() + ": no such file");
        assertThat(call(client)).isEqualTo(Status.Code.OK);

        put(fifth);
        awaitServed(fifth.certificate());
    }

    @Test
    void reloadsTheCaOfClients() throws Exception {
        TestAuthority next = TestAuthority.in(directory.resolve("next"));
        Issued newcomer = next.issue("newcomer");
        assertThat(call(newcomer)).isEqualTo(Status.Code.UNAVAILABLE);

        put(next.certificate(), clientCa);
        try {
            Awaiting.until(() -> callQuietly(newcomer), Status.Code.OK::equals);
            assertThat(session(context("TLSv1.3", newcomer)).isValid()).isTrue();
            assertThat(call(client)).isEqualTo(Status.Code.UNAVAILABLE);
        } finally {
            put(authority.certificate(), clientCa);
            Awaiting.until(() -> callQuietly(client), Status.Code.OK::equals);
        }
    }

    /** In both versions of TLS, with one wait. */
    @Test
    void resumesNoSessionAfterASecond() throws Exception {
        Map<SSLContext, Long> creationTimes = new HashMap<>();
        for (String version : List.of("TLSv1.2", "TLSv1.3")) {
            SSLContext context = context(version, client);
            creationTimes.put(context, session(context).getCreationTime());
        }

        Thread.sleep(1_500);

        for (SSLContext context : creationTimes.keySet()) {
            assertThat(session(context).getCreationTime())
                    .as(context.getProtocol())
                    .isGreaterThan(creationTimes.get(context));
        }
    }

    private static void put(Issued issued) throws Exception {
        put(issued.certificate(), inUse.certificate());
        put(issued.key(), inUse.key());
    }

    private static void put(Path file, Path place) throws Exception {
        Path draft = Files.copy(file, directory.resolve("draft"), StandardCopyOption.COPY_ATTRIBUTES);
        Files.move(draft, place, StandardCopyOption.REPLACE_EXISTING);
    }

    private static TlsClient connect(@Nullable Issued own) throws Exception {
        return TlsClient.of(jeton.address(), authority.certificate(), own);
    }

    private static Status.Code call(@Nullable Issued own) throws Exception {
        try (TlsClient connection = connect(own)) {
            return TlsClient.listTenants(connection.as(jeton.operatorToken()));
        }
    }

    private static Status.Code callQuietly(Issued own) {
        try {
            return call(own);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static void awaitServed(Path file) throws Exception {
        X509Certificate expected = certificate(file);
        Awaiting.until(MutualTlsIT::served, expected::equals);
    }

    private static void awaitLog(String text) {
        Awaiting.until(jeton::log, log -> log.contains(text));
    }

    private static X509Certificate certificate(Path file) throws Exception {
        return (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(Files.readAllBytes(file)));
    }

    /** The certificate that the server presents to a new connection, whether or not it accepts the client. */
    private static X509Certificate served() {
        AtomicReference<X509Certificate> shown = new AtomicReference<>();
        String[] address = jeton.address().split(":");
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new RememberingTrust(shown)}, new SecureRandom());
            try (Socket socket = context.getSocketFactory().createSocket(address[0], Integer.parseInt(address[1]))) {
                ((SSLSocket) socket).startHandshake();
            }
        } catch (Exception refusedAfterwards) {
            if (shown.get() == null) {
                throw new AssertionError(refusedAfterwards);
            }
        }
        return shown.get();
    }

    private static SSLContext context(String version, Issued own) throws Exception {
        SSLContext context = SSLContext.getInstance(version);
        context.init(keys(own), new TrustManager[] {new RememberingTrust(new AtomicReference<>())}, new SecureRandom());
        return context;
    }

    /** The session of a new connection, after the server has sent data beyond the handshake, such as a session ticket. */
    private static SSLSession session(SSLContext context) throws Exception {
        String[] address = jeton.address().split(":");
        try (SSLSocket socket =
                (SSLSocket) context.getSocketFactory().createSocket(address[0], Integer.parseInt(address[1]))) {
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setApplicationProtocols(new String[] {"h2"});
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            assertThat(socket.getInputStream().read()).isNotNegative();
            return socket.getSession();
        }
    }

    /** A key manager that presents the certificate only if the server names its CA, or no CA. */
    private static KeyManager[] keys(Issued issued) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null);
        try (InputStream key = Files.newInputStream(issued.key())) {
            Certificate[] chain = {certificate(issued.certificate())};
            store.setKeyEntry("client", CertificateUtils.getPrivateKey(key), new char[0], chain);
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance("SunX509");
        keys.init(store, new char[0]);
        return keys.getKeyManagers();
    }

    /** Trusts every server and remembers its certificate. */
    private static final class RememberingTrust extends X509ExtendedTrustManager {
        private final AtomicReference<X509Certificate> shown;

        RememberingTrust(AtomicReference<X509Certificate> shown) {
            this.shown = shown;
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String keyType, Socket socket) {
            shown.set(chain[0]);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String keyType, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String keyType) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String keyType, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String keyType, SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String keyType) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
