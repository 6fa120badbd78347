package dev.jeton.bootstrap.config;

import dev.jeton.grpc.GrpcLimits;
import dev.jeton.grpc.GrpcServerSettings;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How the server is reached and what it bears: the options of the command that serves. Filled in by picocli. */
public final class ServerOptions {
    @Option(
            names = "--port",
            paramLabel = "PORT",
            converter = Values.Port.class,
            defaultValue = "50051",
            description = "Port to serve on; 0 takes a free one, and the line that says Jeton is serving names it.")
    int port;

    @Option(
            names = "--bind",
            paramLabel = "ADDRESS",
            converter = Values.Address.class,
            defaultValue = "127.0.0.1",
            description =
                    "Address to serve on. One that other machines can reach needs --tls-cert or --allow-plaintext.")
    InetAddress bind;

    @Option(
            names = "--allow-plaintext",
            fallbackValue = "true",
            defaultValue = "false",
            description =
                    "Serve without encryption on an address that other machines can reach, tokens readable on the way; of no effect with --tls-cert.")
    boolean allowPlaintext;

    @Option(
            names = "--no-reflection",
            fallbackValue = "true",
            defaultValue = "false",
            description = "Do not tell clients such as grpcurl which services there are.")
    boolean noReflection;

    @Option(
            names = "--max-message",
            paramLabel = "SIZE",
            converter = Values.Size.class,
            defaultValue = "64KiB",
            description = "Largest request.")
    int maxMessage;

    @Option(
            names = "--max-batch",
            paramLabel = "SIZE",
            converter = Values.Size.class,
            defaultValue = "256KiB",
            description = "Largest request of BatchVerifyTokens.")
    int maxBatch;

    @Option(
            names = "--max-nesting",
            paramLabel = "N",
            converter = Values.Count.class,
            defaultValue = "20",
            description = "How deep messages may be nested in a request.")
    int maxNesting;

    @Option(
            names = "--max-metadata",
            paramLabel = "SIZE",
            converter = Values.Size.class,
            defaultValue = "8KiB",
            description = "Largest metadata of a call.")
    int maxMetadata;

    @Option(
            names = "--max-calls-per-connection",
            paramLabel = "N",
            converter = Values.Count.class,
            defaultValue = "100",
            description = "Calls at one time on one connection.")
    int maxCallsPerConnection;

    @Option(
            names = "--max-resets",
            paramLabel = "N",
            converter = Values.Count.class,
            defaultValue = "200",
            description = "Calls that a client may reset on one connection within --reset-window.")
    int maxResets;

    @Option(
            names = "--reset-window",
            paramLabel = "TIME",
            converter = Values.WholeSeconds.class,
            defaultValue = "30s",
            description = "See --max-resets.")
    Duration resetWindow;

    @Option(
            names = "--max-connection-age",
            paramLabel = "TIME",
            converter = Values.ConnectionTime.class,
            defaultValue = "30m",
            description =
                    "When a connection is ended, a tenth sooner or later, so that clients spread over the replicas.")
    Duration maxConnectionAge;

    @Option(
            names = "--connection-age-grace",
            paramLabel = "TIME",
            converter = Values.Time.class,
            defaultValue = "60s",
            description = "How long its calls may then still go on.")
    Duration connectionAgeGrace;

    @Option(
            names = "--max-connection-idle",
            paramLabel = "TIME",
            converter = Values.ConnectionTime.class,
            defaultValue = "15m",
            description = "When a connection without calls is ended.")
    Duration maxConnectionIdle;

    @Option(
            names = "--min-keepalive",
            paramLabel = "TIME",
            converter = Values.Time.class,
            defaultValue = "5m",
            description = "Clients that ping oftener are disconnected.")
    Duration minKeepalive;

    @Option(
            names = "--handshake-timeout",
            paramLabel = "TIME",
            converter = Values.Time.class,
            defaultValue = "10s",
            description = "How long a client may take to set up a connection.")
    Duration handshakeTimeout;

    @Option(
            names = "--call-timeout",
            paramLabel = "TIME",
            converter = Values.Time.class,
            defaultValue = "10s",
            description = "Deadline of a call that comes without one.")
    Duration callTimeout;

    @Option(
            names = "--max-verifications",
            paramLabel = "N",
            converter = Values.Count.class,
            defaultValue = "8192",
            description =
                    "Calls of VerificationService at one time, of all connections; any more are refused as RESOURCE_EXHAUSTED.")
    int maxVerifications;

    @Option(
            names = "--management-threads",
            paramLabel = "N",
            converter = Values.Count.class,
            defaultValue = "16",
            description = "Management calls, which are all but verifications, that are worked on at one time.")
    int managementThreads;

    @Option(
            names = "--management-queue",
            paramLabel = "N",
            converter = Values.Count.class,
            defaultValue = "256",
            description = "Management calls that may wait; any more are refused as RESOURCE_EXHAUSTED.")
    int managementQueue;

    @Option(
            names = "--revocation-threads",
            paramLabel = "N",
            converter = Values.Count.class,
            defaultValue = "4",
            description = "The same for calls that cancel, delete, suspend or disable: they have threads of their own.")
    int revocationThreads;

    @Option(
            names = "--revocation-queue",
            paramLabel = "N",
            converter = Values.Count.class,
            defaultValue = "256",
            description = "Such calls that may wait; any more are refused as RESOURCE_EXHAUSTED.")
    int revocationQueue;

    @Option(
            names = "--drain-delay",
            paramLabel = "TIME",
            converter = Values.Time.class,
            description =
                    "How long calls are still taken, with health saying NOT_SERVING, when the server is told to stop: as long as it takes whatever sends it calls to notice (default: not at all).")
    @Nullable Duration drainDelay;

    @Option(
            names = "--drain-timeout",
            paramLabel = "TIME",
            converter = Values.Time.class,
            defaultValue = "10s",
            description = "How long calls may then go on, with no new ones taken.")
    Duration drainTimeout;

    @Option(
            names = "--tombstone-retention",
            paramLabel = "TIME",
            converter = Values.Time.class,
            defaultValue = "90d",
            description = "How long it is remembered that a token was deleted.")
    Duration tombstoneRetention;

    @Option(
            names = "--request-id-retention",
            paramLabel = "TIME",
            converter = Values.Time.class,
            defaultValue = "24h",
            description = "How long a create is remembered by its request_id.")
    Duration requestIdRetention;

    @Option(
            names = "--change-retention",
            paramLabel = "TIME",
            converter = Values.Time.class,
            defaultValue = "1h",
            description =
                    "How long it is kept what was changed, for servers that follow; those that were away longer read anew.")
    Duration changeRetention;

    @Option(
            names = "--use-interval",
            paramLabel = "TIME",
            converter = Values.UseInterval.class,
            defaultValue = "30s",
            description =
                    "How often it is written down when tokens were last used; at most 40s, so that it is never 60s late.")
    Duration useInterval;

    /**
     * Adds a line for each thing that is wrong, and leaves out what picocli has found already.
     *
     * @param encrypted whether connections are
     */
    void check(boolean encrypted, List<String> faults) {
        if (bind != null && !bind.isLoopbackAddress() && !encrypted && !allowPlaintext) {
            faults.add(
                    "--bind " + bind.getHostAddress() + " would let tokens travel unencrypted:"
                            + " give --tls-cert and --tls-key, bind a loopback address such as 127.0.0.1, or add --allow-plaintext");
        }
    }

    /** Threads that may each need a transaction. */
    int transactionThreads() {
        return managementThreads + revocationThreads;
    }

    /** To be called only where {@link #check} has found nothing. */
    GrpcServerSettings toSettings() {
        return new GrpcServerSettings(
                bind.getHostAddress(),
                port,
                !noReflection,
                new GrpcLimits(
                        maxMessage,
                        maxBatch,
                        maxNesting,
                        maxMetadata,
                        maxCallsPerConnection,
                        maxResets,
                        resetWindow,
                        maxConnectionAge,
                        connectionAgeGrace,
                        maxConnectionIdle,
                        minKeepalive,
                        handshakeTimeout,
                        callTimeout,
                        maxVerifications,
                        managementThreads,
                        managementQueue,
                        revocationThreads,
                        revocationQueue));
    }
}
