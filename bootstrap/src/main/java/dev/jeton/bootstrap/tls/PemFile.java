package dev.jeton.bootstrap.tls;

import dev.jeton.bootstrap.storage.FileErrors;
import dev.jeton.bootstrap.storage.OwnerOnly;
import io.grpc.util.CertificateUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/** A PEM file named by an option. Errors are lines that begin with the option and the path. Immutable. */
record PemFile(String option, Path path) {
    /** Reads the certificates; empty only if an error was added. */
    List<X509Certificate> certificates(List<String> errors) {
        try {
            List<X509Certificate> certificates = List.of(CertificateUtils.getX509Certificates(text()));
            if (certificates.isEmpty()) {
                errors.add(error("contains no PEM certificate (-----BEGIN CERTIFICATE-----)"));
            }
            return certificates;
        } catch (GeneralSecurityException damaged) {
            errors.add(error("contains data that is not a complete PEM certificate (-----BEGIN CERTIFICATE-----)"));
        } catch (IOException unreadable) {
            errors.add(error(FileErrors.describe(unreadable)));
        }
        return List.of();
    }

    /** Reads the private key; empty only if an error was added. A world-accessible file is an error. */
    Optional<PrivateKey> privateKey(List<String> errors) {
        try {
            if (OwnerOnly.isWorldAccessible(path)) {
                errors.add(error(OwnerOnly.WORLD_ACCESSIBLE));
            }
            return Optional.of(CertificateUtils.getPrivateKey(text()));
        } catch (GeneralSecurityException | IllegalArgumentException unknown) {
            errors.add(error("contains no unencrypted PKCS #8 key, RSA or EC (-----BEGIN PRIVATE KEY-----);"
                    + " convert others with openssl pkcs8 -topk8 -nocrypt"));
        } catch (IOException unreadable) {
            errors.add(error(FileErrors.describe(unreadable)));
        }
        return Optional.empty();
    }

    String error(String what) {
        return option + " " + path + ": " + what;
    }

    private InputStream text() throws IOException {
        return new ByteArrayInputStream(Files.readAllBytes(path));
    }
}
