package dev.jeton.grpc;

import java.time.Duration;

/**
 * Limits that protect the server from its clients. Each line ends with the default.
 *
 * @param maxRequestBytes maximum size of a request other than BatchVerifyTokens; 64 KiB
 * @param maxBatchBytes maximum size of a BatchVerifyTokens request; 256 KiB
 * @param maxNesting maximum depth of nested messages in a request; 20
 * @param maxMetadataBytes maximum size of a call's metadata; 8 KiB
 * @param maxCallsPerConnection concurrent calls on one connection; 100
 * @param maxResetsPerWindow RST_STREAM frames that a connection may send per window before it is closed; 200
 * @param resetWindow for {@code maxResetsPerWindow}, in whole seconds; 30 s
 * @param maxConnectionAge after which clients must reconnect, so that they spread over all replicas; 30 min
 * @param connectionAgeGrace how long calls on such a connection may still run; 60 s
 * @param maxConnectionIdle after which a connection without calls is closed; 15 min
 * @param minKeepAliveInterval between pings; a client that pings more often is disconnected; 5 min
 * @param handshakeTimeout for a new connection; 10 s
 * @param defaultDeadline of a call without one; 10 s
 * @param maxVerifications concurrent calls of VerificationService; further calls fail at once with RESOURCE_EXHAUSTED; 8,192
 * @param managementThreads concurrent management calls; 16
 * @param managementQueue management calls that may wait for a thread; further calls fail at once with RESOURCE_EXHAUSTED; 256
 * @param revocationThreads concurrent calls that revoke access, which have threads of their own; 4
 * @param revocationQueue calls that revoke access that may wait for a thread; 256
 */
public record GrpcLimits(
        int maxRequestBytes,
        int maxBatchBytes,
        int maxNesting,
        int maxMetadataBytes,
        int maxCallsPerConnection,
        int maxResetsPerWindow,
        Duration resetWindow,
        Duration maxConnectionAge,
        Duration connectionAgeGrace,
        Duration maxConnectionIdle,
        Duration minKeepAliveInterval,
        Duration handshakeTimeout,
        Duration defaultDeadline,
        int maxVerifications,
        int managementThreads,
        int managementQueue,
        int revocationThreads,
        int revocationQueue) {

    public static final GrpcLimits DEFAULT = new GrpcLimits(
            64 * 1024,
            256 * 1024,
            20,
            8 * 1024,
            100,
            200,
            Duration.ofSeconds(30),
            Duration.ofMinutes(30),
            Duration.ofSeconds(60),
            Duration.ofMinutes(15),
            Duration.ofMinutes(5),
            Duration.ofSeconds(10),
            Duration.ofSeconds(10),
            8_192,
            16,
            256,
            4,
            256);
}
