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
 * What a server needs for TLS, checked: the key is that of the first certificate. Immutable.
 *
 * @param clientCas empty: clients need no certificate
 */
record TlsMaterial(List<X509Certificate> chain, PrivateKey key, List<X509Certificate> clientCas) {
    private static final byte[] SAMPLE = "signed by one, verified by the other".getBytes(StandardCharsets.US_ASCII);

    /** @throws InvalidTlsFiles with all that is wrong with the files */
    static TlsMaterial read(TlsSettings settings) {
        List<String> faults = new ArrayList<>();
        PemFile keyFile = new PemFile("--tls-key", settings.key());
        List<X509Certificate> chain = new PemFile("--tls-cert", settings.certificate()).certificates(faults);
        Optional<PrivateKey> key = keyFile.privateKey(faults);
        List<X509Certificate> clientCas = settings.clientCa() == null
                ? List.of()
                : new PemFile("--tls-client-ca", settings.clientCa()).certificates(faults);
        if (!chain.isEmpty()
                && key.isPresent()
                && !belong(key.get(), chain.get(0).getPublicKey())) {
            faults.add(keyFile.fault("is not the key of the first certificate in " + settings.certificate()));
        }
        if (!faults.isEmpty()) {
            throw new InvalidTlsFiles(faults);
        }
        return new TlsMaterial(chain, key.orElseThrow(), clientCas);
    }

    /** Who the certificate is for and until when, for the log. */
    String describe() {
        X509Certificate own = chain.get(0);
        return "%s (serial number %x), valid until %s"
                .formatted(
                        own.getSubjectX500Principal(),
                        own.getSerialNumber(),
                        own.getNotAfter().toInstant());
    }

    /** What the key signs, and nothing else, the certificate's public key verifies. */
    private static boolean belong(PrivateKey key, PublicKey publicKey) {
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
