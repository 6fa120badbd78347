package dev.jeton.grpc;

import dev.jeton.v1.VerifyTokenRequest;
import io.grpc.Codec;
import io.grpc.DecompressorRegistry;
import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.ServerCredentials;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.grpc.netty.shaded.io.netty.channel.ChannelOption;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Serves the inbound ports over HTTP/2, with health and reflection. Start it once and drain it at the end. Thread-safe. */
public final class GrpcServer {
    /** Netty's sampling of buffer leaks, off unless the property is set: it costs time and helps only Netty's developers. */
    private static final String LEAK_DETECTION = "io.grpc.netty.shaded.io.netty.leakDetection.level";

    static {
        if (System.getProperty(LEAK_DETECTION) == null) {
            System.setProperty(LEAK_DETECTION, "disabled");
        }
    }

    /** Bytes read from a connection in one turn, so that a flooding connection does not starve the others. */
    private static final int MAX_BYTES_PER_TURN = 8 * 1024;

    /** How long calls may take to end after they are cancelled. */
    private static final Duration CANCEL_TIMEOUT = Duration.ofSeconds(3);

    private final GrpcApi api;
    private final Server server;

    /** A server without TLS. */
    public GrpcServer(GrpcServerSettings settings, InboundPorts ports, byte[] pageTokenKey) {
        this(settings, InsecureServerCredentials.create(), ports, pageTokenKey);
    }

    /**
     * @param credentials TLS settings, and which clients may connect
     * @param pageTokenKey signs page tokens; secret and equal on all replicas
     */
    public GrpcServer(
            GrpcServerSettings settings, ServerCredentials credentials, InboundPorts ports, byte[] pageTokenKey) {
        api = new GrpcApi(settings, ports, pageTokenKey);
        NettyServerBuilder builder = NettyServerBuilder.forAddress(
                new InetSocketAddress(settings.bindAddress(), settings.port()), credentials);
        limit(builder, settings.limits());
        api.serveOn(builder);
        server = builder.build();
    }

    /** Loads the transport's classes, which is slow; call it while waiting for something else. */
    public static void load() {
        NettyServerBuilder.forPort(0)
                .directExecutor()
                .addService(ProtoReflectionServiceV1.newInstance())
                .addService(new HealthStatusManager().getHealthService())
                .build()
                .shutdownNow();
        VerifyTokenRequest.getDefaultInstance();
    }

    /** @throws IOException if the server cannot listen on the address */
    public void start() throws IOException {
        server.start();
    }

    /** Returns the port that the started server listens on. */
    public int port() {
        return server.getPort();
    }

    /** Sets health to NOT_SERVING, so that load balancers choose other replicas. Calls are still accepted. */
    public void announceShutdown() {
        api.announceShutdown();
    }

    /**
     * Shuts down gracefully: sets health to NOT_SERVING, accepts no new calls, waits for running ones, and cancels those that remain after
     * {@code grace}. All threads have stopped when it returns. An interrupt ends the wait early.
     */
    public void drain(Duration grace) {
        api.announceShutdown();
        server.shutdown();
        try {
            if (!server.awaitTermination(grace.toNanos(), TimeUnit.NANOSECONDS)) {
                server.shutdownNow();
                server.awaitTermination(CANCEL_TIMEOUT.toNanos(), TimeUnit.NANOSECONDS);
            }
        } catch (InterruptedException interrupted) {
            server.shutdownNow();
            Thread.currentThread().interrupt();
        } finally {
            api.stop(CANCEL_TIMEOUT);
        }
    }

    private static void limit(NettyServerBuilder builder, GrpcLimits limits) {
        builder.withChildOption(
                ChannelOption.RCVBUF_ALLOCATOR,
                new AdaptiveRecvByteBufAllocator(1024, 2048, MAX_BYTES_PER_TURN).maxMessagesPerRead(1));
        // Messages are small. A compressed request fails with UNIMPLEMENTED before it is inflated.
        builder.decompressorRegistry(DecompressorRegistry.emptyInstance().with(Codec.Identity.NONE, false))
                .maxInboundMessageSize(Math.max(limits.maxBatchBytes(), limits.maxRequestBytes()))
                .maxInboundMetadataSize(limits.maxMetadataBytes())
                .maxConcurrentCallsPerConnection(limits.maxCallsPerConnection())
                .maxRstFramesPerWindow(
                        limits.maxResetsPerWindow(), (int) limits.resetWindow().toSeconds())
                .maxConnectionAge(limits.maxConnectionAge().toNanos(), TimeUnit.NANOSECONDS)
                .maxConnectionAgeGrace(limits.connectionAgeGrace().toNanos(), TimeUnit.NANOSECONDS)
                .maxConnectionIdle(limits.maxConnectionIdle().toNanos(), TimeUnit.NANOSECONDS)
                .permitKeepAliveTime(limits.minKeepAliveInterval().toNanos(), TimeUnit.NANOSECONDS)
                .permitKeepAliveWithoutCalls(true)
                .handshakeTimeout(limits.handshakeTimeout().toNanos(), TimeUnit.NANOSECONDS);
    }
}
