package dev.jeton.bootstrap.config;

import dev.jeton.bootstrap.tls.TlsSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** TLS options of the server. Filled in by picocli. */
@OptionGroup("TLS")
final class TlsOptions {
    @Option(
            names = "--tls-cert",
            paramLabel = "FILE",
            description =
                    "PEM file with the certificate chain, the server's certificate first; enables TLS 1.2 and 1.3.")
    @Nullable Path certificate;

    @Option(
            names = "--tls-key",
            paramLabel = "FILE",
            description = "PEM file with the private key of --tls-cert; must not be world-accessible.")
    @Nullable Path key;

    @Option(
            names = "--tls-client-ca",
            paramLabel = "FILE",
            description =
                    "PEM file with CA certificates; clients must then present a certificate issued by one of them.")
    @Nullable Path clientCa;

    @Option(
            names = "--tls-reload-interval",
            paramLabel = "TIME",
            converter = Converters.Time.class,
            defaultValue = "10s",
            description = "How often the TLS files are checked for changes.")
    Duration reloadInterval;

    /** Whether any TLS file is given, even if the options are incomplete. */
    boolean isRequested() {
        return Stream.of(certificate, key, clientCa).anyMatch(file -> file != null);
    }

    /** Adds a line for each error. */
    void check(List<String> errors) {
        TlsSettings settings = toSettings();
        if (settings != null) {
            settings.check(errors);
        } else if (isRequested()) {
            errors.add((certificate == null ? "--tls-cert" : "--tls-key")
                    + " is missing: --tls-cert and --tls-key go together, and --tls-client-ca requires both");
        }
    }

    /** Null: plaintext. */
    @Nullable TlsSettings toSettings() {
        return certificate == null || key == null ? null : new TlsSettings(certificate, key, clientCa, reloadInterval);
    }
}
