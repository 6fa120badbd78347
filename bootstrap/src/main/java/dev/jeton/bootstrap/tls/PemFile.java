package dev.jeton.bootstrap.tls;

import dev.jeton.bootstrap.storage.OwnerOnly;
import io.grpc.util.CertificateUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/** A file in PEM. Whatever is wrong with it becomes a line that begins with the option that named it. Immutable. */
record PemFile(String option, Path path) {
    /** The certificates in it, at least one unless there is a fault. */
    List<X509Certificate> certificates(List<String> faults) {
        try {
            List<X509Certificate> certificates = List.of(CertificateUtils.getX509Certificates(text()));
            if (certificates.isEmpty()) {
                faults.add(fault("holds no certificate in PEM, -----BEGIN CERTIFICATE-----"));
            }
            return certificates;
        } catch (GeneralSecurityException damaged) {
            faults.add(fault("holds something else than whole certificates in PEM, -----BEGIN CERTIFICATE-----"));
        } catch (IOException unreadable) {
            faults.add(fault(why(unreadable)));
        }
        return List.of();
    }

    /** The private key in it, present unless there is a fault; one that every user of the machine can read is a fault. */
    Optional<PrivateKey> privateKey(List<String> faults) {
        try {
            if (OwnerOnly.isEverybodys(path)) {
                faults.add(fault(OwnerOnly.EVERYBODYS));
            }
            return Optional.of(CertificateUtils.getPrivateKey(text()));
        } catch (GeneralSecurityException | IllegalArgumentException unknown) {
            faults.add(fault("holds no whole RSA or EC key in PKCS #8 without a password, -----BEGIN PRIVATE KEY-----;"
                    + " openssl pkcs8 -topk8 -nocrypt makes one of others"));
        } catch (IOException unreadable) {
            faults.add(fault(why(unreadable)));
        }
        return Optional.empty();
    }

    String fault(String what) {
        return option + " " + path + ": " + what;
    }

    private InputStream text() throws IOException {
        return new ByteArrayInputStream(Files.readAllBytes(path));
    }

    private static String why(IOException unreadable) {
        return unreadable instanceof NoSuchFileException ? "there is no such file" : "cannot be read: " + unreadable;
    }
}
