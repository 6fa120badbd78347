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
 * Trusts client certificates issued by a replaceable set of CAs. Handshakes do not announce the CAs: the transport would keep announcing
 * the initial ones, and clients that select their certificate by them would send none. Thread-safe.
 */
final class ClientTrust extends X509ExtendedTrustManager {
    private final AdvancedTlsX509TrustManager current;

    ClientTrust() throws CertificateException {
        current = AdvancedTlsX509TrustManager.newBuilder().build();
    }

    /** Replaces the trusted CAs for all later handshakes. */
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
        throw serversUnsupported();
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String keyType, Socket socket) throws CertificateException {
        throw serversUnsupported();
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String keyType) throws CertificateException {
        throw serversUnsupported();
    }

    private static CertificateException serversUnsupported() {
        return new CertificateException("Only client certificates can be verified");
    }
}
