package dev.jeton.bootstrap.tls;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the server's certificates are.
 *
 * @param certificate PEM: the server's own first, then those between it and its CA
 * @param key PEM: the private key of that certificate
 * @param clientCa PEM: the CAs of which every client needs a certificate; null: clients need none
 * @param reloadInterval how often the files are read again
 */
public record TlsSettings(
        Path certificate, Path key, @Nullable Path clientCa, Duration reloadInterval) {
    /** Adds a line for each thing that is wrong with the files as they are now. */
    public void check(List<String> faults) {
        try {
            TlsMaterial.read(this);
        } catch (InvalidTlsFiles invalid) {
            faults.addAll(invalid.faults());
        }
    }
}
