package dev.jeton.bootstrap.tls;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The content of the TLS files; the key belongs to the first certificate. Immutable.
 *
 * @param clientCas empty: clients need no certificate
 */
record TlsMaterial(List<X509Certificate> chain, PrivateKey key, List<X509Certificate> clientCas) {
    private static final byte[] SAMPLE = "sign, then verify".getBytes(StandardCharsets.US_ASCII);

    /** @throws InvalidTlsFiles listing all errors of the files */
    static TlsMaterial read(TlsSettings settings) {
        List<String> errors = new ArrayList<>();
        PemFile keyFile = new PemFile("--tls-key", settings.key());
        List<X509Certificate> chain = new PemFile("--tls-cert", settings.certificate()).certificates(errors);
        Optional<PrivateKey> key = keyFile.privateKey(errors);
        List<X509Certificate> clientCas = settings.clientCa() == null
                ? List.of()
                : new PemFile("--tls-client-ca", settings.clientCa()).certificates(errors);
        if (!chain.isEmpty()
                && key.isPresent()
                && !isPair(key.get(), chain.get(0).getPublicKey())) {
            errors.add(keyFile.error("is not the key of the first certificate in " + settings.certificate()));
        }
        if (!errors.isEmpty()) {
            throw new InvalidTlsFiles(errors);
        }
        return new TlsMaterial(chain, key.orElseThrow(), clientCas);
    }

    /** Returns the subject, serial number and expiry of the certificate, for the log. */
    String describe() {
        X509Certificate own = chain.get(0);
        return "%s (serial number %x), valid until %s"
                .formatted(
                        own.getSubjectX500Principal(),
                        own.getSerialNumber(),
                        own.getNotAfter().toInstant());
    }

    /** Whether the public key verifies a signature by the private key. */
    private static boolean isPair(PrivateKey key, PublicKey publicKey) {
        try {
            Signature signature =
                    Signature.getInstance(key.getAlgorithm().equals("EC") ? "SHA256withECDSA" : "SHA256withRSA");
            signature.initSign(key);
            signature.update(SAMPLE);
            byte[] signed = signature.sign();
            signature.initVerify(publicKey);
            signature.update(SAMPLE);
            return signature.verify(signed);
        } catch (GeneralSecurityException differentKinds) {
            return false;
        }
    }
}
