package dev.jeton.bootstrap.tls;

import dev.jeton.bootstrap.storage.OptionFile;
import io.grpc.util.CertificateUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/** A PEM file named by an option. Errors are lines that begin with the option and the path. Immutable. */
record PemFile(OptionFile file) {

    PemFile(String option, Path path) {
        this(new OptionFile(option, path));
    }

    /** Reads the certificates; empty only if an error was added. */
    List<X509Certificate> certificates(List<String> errors) {
        Optional<byte[]> text = file.read(errors);
        if (text.isEmpty()) {
            return List.of();
        }
        try {
            List<X509Certificate> certificates =
                    List.of(CertificateUtils.getX509Certificates(new ByteArrayInputStream(text.get())));
            if (certificates.isEmpty()) {
                errors.add(error("contains no PEM certificate (-----BEGIN CERTIFICATE-----)"));
            }
            return certificates;
        } catch (GeneralSecurityException damaged) {
            errors.add(error("contains data that is not a complete PEM certificate (-----BEGIN CERTIFICATE-----)"));
        }
        return List.of();
    }

    /** Reads the private key; empty only if an error was added. A world-accessible file is an error. */
    Optional<PrivateKey> privateKey(List<String> errors) {
        Optional<byte[]> text = file.readSecret(errors);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(CertificateUtils.getPrivateKey(new ByteArrayInputStream(text.get())));
        } catch (GeneralSecurityException | IOException | IllegalArgumentException unknown) {
            errors.add(error("contains no unencrypted PKCS #8 key, RSA or EC (-----BEGIN PRIVATE KEY-----);"
                    + " convert others with openssl pkcs8 -topk8 -nocrypt"));
        }
        return Optional.empty();
    }

    String error(String what) {
        return file.error(what);
    }
}
