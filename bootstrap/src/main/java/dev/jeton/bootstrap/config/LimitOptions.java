package dev.jeton.bootstrap.config;

import dev.jeton.grpc.GrpcLimits;
import java.time.Duration;
import picocli.CommandLine.Option;

/** Options that limit what clients may send and how many calls run at once. Filled in by picocli. */
@OptionGroup("Limits")
final class LimitOptions {
    @Option(
            names = "--max-message",
            paramLabel = "SIZE",
            converter = Converters.Size.class,
            defaultValue = "64KiB",
            description = "Maximum size of a request.")
    int maxMessage;

    @Option(
            names = "--max-batch",
            paramLabel = "SIZE",
            converter = Converters.Size.class,
            defaultValue = "256KiB",
            description = "Maximum size of a BatchVerifyTokens request.")
    int maxBatch;

    @Option(
            names = "--max-nesting",
            paramLabel = "N",
            converter = Converters.Count.class,
            defaultValue = "20",
            description = "Maximum nesting depth of messages in a request.")
    int maxNesting;

    @Option(
            names = "--max-metadata",
            paramLabel = "SIZE",
            converter = Converters.Size.class,
            defaultValue = "8KiB",
            description = "Maximum size of a call's metadata.")
    int maxMetadata;

    @Option(
            names = "--max-calls-per-connection",
            paramLabel = "N",
            converter = Converters.Count.class,
            defaultValue = "100",
            description = "Maximum concurrent calls per connection.")
    int maxCallsPerConnection;

    @Option(
            names = "--max-resets",
            paramLabel = "N",
            converter = Converters.Count.class,
            defaultValue = "200",
            description = "Maximum calls that a client may reset per connection within --reset-window.")
    int maxResets;

    @Option(
            names = "--reset-window",
            paramLabel = "TIME",
            converter = Converters.WholeSeconds.class,
            defaultValue = "30s",
            description = "Window of --max-resets; whole seconds, at most 1d.")
    Duration resetWindow;

    @Option(
            names = "--max-connection-age",
            paramLabel = "TIME",
            converter = Converters.ConnectionTime.class,
            defaultValue = "30m",
            description =
                    "Close a connection at this age, give or take a tenth, to spread clients over replicas; at least 1s.")
    Duration maxConnectionAge;

    @Option(
            names = "--connection-age-grace",
            paramLabel = "TIME",
            converter = Converters.Time.class,
            defaultValue = "60s",
            description = "How long calls may still run on a connection that has reached --max-connection-age.")
    Duration connectionAgeGrace;

    @Option(
            names = "--max-connection-idle",
            paramLabel = "TIME",
            converter = Converters.ConnectionTime.class,
            defaultValue = "15m",
            description = "Close a connection after this long without calls; at least 1s.")
    Duration maxConnectionIdle;

    @Option(
            names = "--min-keepalive",
            paramLabel = "TIME",
            converter = Converters.Time.class,
            defaultValue = "5m",
            description = "Disconnect clients that send keepalive pings more often than this.")
    Duration minKeepalive;

    @Option(
            names = "--handshake-timeout",
            paramLabel = "TIME",
            converter = Converters.Time.class,
            defaultValue = "10s",
            description = "Timeout for setting up a connection.")
    Duration handshakeTimeout;

    @Option(
            names = "--call-timeout",
            paramLabel = "TIME",
            converter = Converters.Time.class,
            defaultValue = "10s",
            description = "Deadline of calls that come without one.")
    Duration callTimeout;

    @Option(
            names = "--max-verifications",
            paramLabel = "N",
            converter = Converters.Count.class,
            defaultValue = "8192",
            description = "Maximum concurrent verification calls; more fail with RESOURCE_EXHAUSTED.")
    int maxVerifications;

    @Option(
            names = "--management-threads",
            paramLabel = "N",
            converter = Converters.Count.class,
            defaultValue = "16",
            description = "Threads for management calls: all except verification and revocation.")
    int managementThreads;

    @Option(
            names = "--management-queue",
            paramLabel = "N",
            converter = Converters.Count.class,
            defaultValue = "256",
            description = "Maximum waiting management calls; more fail with RESOURCE_EXHAUSTED.")
    int managementQueue;

    @Option(
            names = "--revocation-threads",
            paramLabel = "N",
            converter = Converters.Count.class,
            defaultValue = "4",
            description = "Threads for revocation calls: those that cancel, delete, suspend or disable.")
    int revocationThreads;

    @Option(
            names = "--revocation-queue",
            paramLabel = "N",
            converter = Converters.Count.class,
            defaultValue = "256",
            description = "Maximum waiting revocation calls; more fail with RESOURCE_EXHAUSTED.")
    int revocationQueue;

    /** Threads that may each need a transaction. */
    int transactionThreads() {
        return managementThreads + revocationThreads;
    }

    /** Call this only if picocli reports no errors. */
    GrpcLimits toLimits() {
        return new GrpcLimits(
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
                revocationQueue);
    }
}
