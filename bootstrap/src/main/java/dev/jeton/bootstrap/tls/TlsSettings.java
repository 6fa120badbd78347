package dev.jeton.bootstrap.tls;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The TLS files of the server.
 *
 * @param certificate PEM: the server's certificate, followed by the intermediate ones
 * @param key PEM: the private key of the server's certificate
 * @param clientCa PEM: the CAs that issue client certificates; null: clients need no certificate
 * @param reloadInterval how often the files are checked for changes
 */
public record TlsSettings(
        Path certificate, Path key, @Nullable Path clientCa, Duration reloadInterval) {
    /** Reads the files and adds a line for each error. */
    public void check(List<String> errors) {
        try {
            TlsMaterial.read(this);
        } catch (InvalidTlsFiles invalid) {
            errors.addAll(invalid.errors());
        }
    }
}
