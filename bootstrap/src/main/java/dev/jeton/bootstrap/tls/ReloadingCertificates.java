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
 * Server credentials that follow changes of the TLS files. Handshakes use the last valid files; open connections are unaffected. gRPC's
 * own reloading is unsuitable: it misses a certificate renewed for the same key, and accepts a key that does not match. Thread-safe.
 */
public final class ReloadingCertificates implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ReloadingCertificates.class);

    private final TlsSettings settings;
    private final AdvancedTlsX509KeyManager identity = new AdvancedTlsX509KeyManager();
    private final ClientTrust clients;
    private final ServerCredentials credentials;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "jeton-certificates"));

    /** This and {@link #lastErrors}: used by the constructor, then only by {@link #thread}. */
    private @Nullable TlsMaterial current;

    private List<String> lastErrors = List.of();

    private ReloadingCertificates(TlsSettings settings) throws GeneralSecurityException, IOException {
        this.settings = settings;
        clients = new ClientTrust();
        use(TlsMaterial.read(settings));
        credentials = createCredentials();
    }

    /**
     * Reads the files and starts watching them.
     *
     * @throws InvalidTlsFiles if they are invalid
     */
    public static ReloadingCertificates start(TlsSettings settings) {
        try {
            ReloadingCertificates certificates = new ReloadingCertificates(settings);
            certificates.watch();
            return certificates;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("Cannot use the TLS files: " + e, e);
        }
    }

    private ServerCredentials createCredentials() throws SSLException {
        // No tickets and short sessions, so that no client resumes a session under a CA that has been removed.
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
     * Credentials for TLS 1.2 and 1.3. A TLS 1.2 session can be resumed for one second, a TLS 1.3 session never. If a client CA is configured, the
     * handshake fails for a client without a certificate.
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
            lastErrors = List.of();
        } catch (InvalidTlsFiles invalid) {
            if (!invalid.errors().equals(lastErrors)) {
                log.warn(
                        "Keeping the current certificates, because the TLS files are now invalid: {}",
                        invalid.getMessage());
                lastErrors = invalid.errors();
            }
        } catch (GeneralSecurityException | IOException | RuntimeException e) {
            log.error("Keeping the current certificates, because the new ones cannot be used: {}", e.toString());
            log.debug("Cause", e);
        }
    }

    private void use(TlsMaterial material) throws GeneralSecurityException, IOException {
        if (!material.clientCas().isEmpty()) {
            clients.use(material.clientCas());
        }
        identity.updateIdentityCredentials(material.chain().toArray(X509Certificate[]::new), material.key());
        current = material;
        if (material.chain().get(0).getNotAfter().toInstant().isBefore(Instant.now())) {
            log.warn("Using the TLS certificate of {}, which has expired", material.describe());
        } else {
            log.info("Using the TLS certificate of {}", material.describe());
        }
    }
}
