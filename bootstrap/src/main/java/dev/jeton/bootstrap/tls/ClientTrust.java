package dev.jeton.bootstrap.tls;

import io.grpc.util.AdvancedTlsX509TrustManager;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Trusts the clients whose certificates are of one of the CAs, which can change. No handshake names the CAs: the transport would go on
 * naming those of the start, and clients that choose their certificate by them would then have none to show. Thread-safe.
 */
final class ClientTrust extends X509ExtendedTrustManager {
    private final AdvancedTlsX509TrustManager current;

    ClientTrust() throws CertificateException {
        current = AdvancedTlsX509TrustManager.newBuilder().build();
    }

    /** From now on, handshakes trust these and no others. */
    void use(List<X509Certificate> authorities) throws GeneralSecurityException, IOException {
        current.updateTrustCredentials(authorities.toArray(X509Certificate[]::new));
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String keyType, SSLEngine engine)
            throws CertificateException {
        current.checkClientTrusted(chain, keyType, engine);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String keyType, Socket socket) throws CertificateException {
        current.checkClientTrusted(chain, keyType, socket);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String keyType) throws CertificateException {
        current.checkClientTrusted(chain, keyType);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String keyType, SSLEngine engine)
            throws CertificateException {
        throw serversAreNot();
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String keyType, Socket socket) throws CertificateException {
        throw serversAreNot();
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String keyType) throws CertificateException {
        throw serversAreNot();
    }

    private static CertificateException serversAreNot() {
        return new CertificateException("These CAs are for clients");
    }
}
