package dev.jeton.bootstrap.tls;

import io.grpc.ServerCredentials;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettySslContextServerCredentials;
import io.grpc.netty.shaded.io.netty.handler.ssl.ClientAuth;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import io.grpc.util.AdvancedTlsX509KeyManager;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server's side of TLS by what its files hold. They are read again and again: a handshake goes by what was last found whole, and
 * connections that there are go on. gRPC's own reloading is not used, because it wants both files of a pair to have changed, which
 * misses a certificate renewed for the same key, and takes a pair that does not match. Thread-safe.
 */
public final class ReloadingCertificates implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ReloadingCertificates.class);

    private final TlsSettings settings;
    private final AdvancedTlsX509KeyManager identity = new AdvancedTlsX509KeyManager();
    private final ClientTrust clients;
    private final ServerCredentials credentials;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "jeton-certificates"));

    /** These two belong to the thread that starts and then to {@link #thread}. */
    private @Nullable TlsMaterial current;

    private List<String> lastFaults = List.of();

    private ReloadingCertificates(TlsSettings settings) throws GeneralSecurityException, IOException {
        this.settings = settings;
        clients = new ClientTrust();
        use(TlsMaterial.read(settings));
        credentials = handshakes();
    }

    /** Returns with the files read. */
    public static ReloadingCertificates start(TlsSettings settings) {
        try {
            ReloadingCertificates certificates = new ReloadingCertificates(settings);
            certificates.watch();
            return certificates;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("The certificates cannot be used: " + e, e);
        }
    }

    private ServerCredentials handshakes() throws SSLException {
        // Without tickets and with sessions that are over at once, nobody gets in again by a CA that is no longer in
        // use.
        System.setProperty("jdk.tls.server.enableSessionTicketExtension", "false");
        SslContextBuilder context = GrpcSslContexts.configure(SslContextBuilder.forServer(identity))
                .protocols("TLSv1.3", "TLSv1.2")
                .sessionTimeout(1);
        if (settings.clientCa() != null) {
            context.trustManager(clients).clientAuth(ClientAuth.REQUIRE);
        }
        return NettySslContextServerCredentials.create(context.build());
    }

    /**
     * TLS 1.2 and 1.3; a client without a certificate is refused in the handshake where there is a CA for clients. Every connection has
     * a handshake of its own, and resumes none.
     */
    public ServerCredentials credentials() {
        return credentials;
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }

    private void watch() {
        long interval = settings.reloadInterval().toMillis();
        thread.scheduleWithFixedDelay(this::reload, interval, interval, TimeUnit.MILLISECONDS);
    }

    private void reload() {
        try {
            TlsMaterial found = TlsMaterial.read(settings);
            if (!found.equals(current)) {
                use(found);
            }
            lastFaults = List.of();
        } catch (InvalidTlsFiles invalid) {
            if (!invalid.faults().equals(lastFaults)) {
                log.warn(
                        "The certificates in use stay so, because their files are now at fault: {}",
                        invalid.getMessage());
                lastFaults = invalid.faults();
            }
        } catch (GeneralSecurityException | IOException | RuntimeException e) {
            log.error("The certificates in use stay so, because new ones cannot be used: {}", e.toString());
            log.debug("The cause is", e);
        }
    }

    private void use(TlsMaterial material) throws GeneralSecurityException, IOException {
        if (!material.clientCas().isEmpty()) {
            clients.use(material.clientCas());
        }
        identity.updateIdentityCredentials(material.chain().toArray(X509Certificate[]::new), material.key());
        current = material;
        if (material.chain().get(0).getNotAfter().toInstant().isBefore(Instant.now())) {
            log.warn("TLS goes by the certificate of {}: it has expired", material.describe());
        } else {
            log.info("TLS goes by the certificate of {}", material.describe());
        }
    }
}
