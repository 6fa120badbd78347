package dev.jeton.grpc;

import java.time.Duration;

/**
 * How much the server takes from anybody.
 *
 * @param maxRequestBytes the longest request but a batch; 64 KiB
 * @param maxBatchBytes the longest request of BatchVerifyTokens; 256 KiB
 * @param maxNesting of messages within a request; 20
 * @param maxMetadataBytes a call's metadata; 8 KiB
 * @param maxCallsPerConnection at the same time; 100
 * @param maxResetsPerWindow RST_STREAM frames of one connection in a window, before it is closed; 200
 * @param resetWindow 30 s, in whole seconds
 * @param maxConnectionAge after which clients are asked to connect anew, so that they spread over all replicas; 30 min
 * @param connectionAgeGrace for the calls that are running then; 60 s
 * @param maxConnectionIdle without a call; 15 min
 * @param minKeepAliveInterval of pings; a client that pings more often is cut off; 5 min
 * @param handshakeTimeout for a new connection to be usable; 10 s
 * @param defaultDeadline for a call that comes without one; 10 s
 * @param maxVerifications how many calls of VerificationService are under way at the same time; beyond, calls are RESOURCE_EXHAUSTED at
 *     once; 8,192
 * @param managementThreads how many management calls are worked off at the same time; 16
 * @param managementQueue how many more may wait; beyond, calls are RESOURCE_EXHAUSTED at once; 256
 * @param revocationThreads the same for calls that take access away, which have their own; 4
 * @param revocationQueue how many more of these may wait; 256
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
