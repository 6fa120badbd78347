package dev.jeton.bootstrap.config;

import dev.jeton.bootstrap.tls.TlsSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How connections are encrypted: options of the command that serves. Filled in by picocli. */
public final class TlsOptions {
    @Option(
            names = "--tls-cert",
            paramLabel = "FILE",
            description =
                    "PEM file with the server's certificate and those between it and its CA: everything is served over TLS, 1.2 or newer.")
    @Nullable Path certificate;

    @Option(
            names = "--tls-key",
            paramLabel = "FILE",
            description =
                    "PEM file with that certificate's private key, which not every user of this machine may read.")
    @Nullable Path key;

    @Option(
            names = "--tls-client-ca",
            paramLabel = "FILE",
            description = "PEM file with CAs: clients must show a certificate of one of them, besides their token.")
    @Nullable Path clientCa;

    @Option(
            names = "--tls-reload-interval",
            paramLabel = "TIME",
            converter = Values.Time.class,
            defaultValue = "10s",
            description = "How often these files are read again, for new connections to go by what they hold then.")
    Duration reloadInterval;

    /** Whether encryption is wanted, even if it is not yet right. */
    boolean isWanted() {
        return Stream.of(certificate, key, clientCa).anyMatch(file -> file != null);
    }

    /** Adds a line for each thing that is wrong. */
    void check(List<String> faults) {
        TlsSettings settings = toSettings();
        if (settings != null) {
            settings.check(faults);
        } else if (isWanted()) {
            faults.add((certificate == null ? "--tls-cert" : "--tls-key")
                    + " is missing: --tls-cert and --tls-key need each other, and --tls-client-ca needs both");
        }
    }

    /** Null: no encryption. */
    @Nullable TlsSettings toSettings() {
        return certificate == null || key == null ? null : new TlsSettings(certificate, key, clientCa, reloadInterval);
    }
}
