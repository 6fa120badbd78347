package dev.jeton.bootstrap.config;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options for how the server listens and shuts down. Filled in by picocli. */
@OptionGroup("Serving")
final class ServingOptions {
    @Option(
            names = "--port",
            paramLabel = "PORT",
            converter = Converters.Port.class,
            defaultValue = "50051",
            description = "Port to listen on; 0 picks a free port and prints it.")
    int port;

    @Option(
            names = "--bind",
            paramLabel = "ADDRESS",
            converter = Converters.Address.class,
            defaultValue = "127.0.0.1",
            description = "Address to listen on; one other than loopback requires --tls-cert or --allow-plaintext.")
    InetAddress bind;

    @Option(
            names = "--allow-plaintext",
            fallbackValue = "true",
            defaultValue = "false",
            description =
                    "Allow unencrypted connections from other machines, which exposes tokens; ignored with --tls-cert.")
    boolean allowPlaintext;

    @Option(
            names = "--no-reflection",
            fallbackValue = "true",
            defaultValue = "false",
            description = "Disable gRPC server reflection, which tools such as grpcurl use.")
    boolean noReflection;

    @Option(
            names = "--warm-up",
            paramLabel = "TIME",
            converter = Converters.WarmUp.class,
            defaultValue = "10s",
            description = "Before serving, exercise the server at most this long, so that it is fast at once;"
                    + " 0 for none, at most 10m.")
    Duration warmUp;

    @Option(
            names = "--drain-delay",
            paramLabel = "TIME",
            converter = Converters.Time.class,
            description =
                    "On shutdown, keep accepting calls this long while health checks report NOT_SERVING (default: none).")
    @Nullable Duration drainDelay;

    @Option(
            names = "--drain-timeout",
            paramLabel = "TIME",
            converter = Converters.Time.class,
            defaultValue = "10s",
            description = "Then stop accepting calls and wait this long for running ones.")
    Duration drainTimeout;

    /**
     * Adds a line for each error that picocli does not report.
     *
     * @param encrypted whether connections use TLS
     */
    void check(boolean encrypted, List<String> errors) {
        if (bind != null && !bind.isLoopbackAddress() && !encrypted && !allowPlaintext) {
            errors.add("--bind " + bind.getHostAddress() + " would expose tokens unencrypted:"
                    + " set --tls-cert and --tls-key, bind to 127.0.0.1, or set --allow-plaintext");
        }
    }
}
