package dev.jeton.grpc;

import dev.jeton.v1.VerifyTokenRequest;
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

/** Serves the inbound ports over HTTP/2, with health and reflection. To be started once and drained in the end. Thread-safe. */
public final class GrpcServer {
    /** By it the transport notes where every hundredth buffer was used, to find out whether it forgets any. That is for those who write it. */
    private static final String LEAK_DETECTION = "io.grpc.netty.shaded.io.netty.leakDetection.level";

    static {
        if (System.getProperty(LEAK_DETECTION) == null) {
            System.setProperty(LEAK_DETECTION, "disabled");
        }
    }

    /** What is read of a connection at a time, so that one that sends without end does not keep others waiting for longer than that takes. */
    private static final int MAX_BYTES_PER_TURN = 8 * 1024;

    /** For what was cut off to end. */
    private static final Duration LAST_MOMENTS = Duration.ofSeconds(3);

    private final GrpcApi api;
    private final Server server;

    /** One that encrypts nothing. */
    public GrpcServer(GrpcServerSettings settings, InboundPorts ports, byte[] pageTokenKey) {
        this(settings, InsecureServerCredentials.create(), ports, pageTokenKey);
    }

    /**
     * @param credentials how connections are encrypted, and which clients may connect
     * @param pageTokenKey signs page tokens; secret, and the same on all replicas
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

    /** Loads the transport's classes, which takes a while and can be done while something else is waited for. */
    public static void load() {
        NettyServerBuilder.forPort(0)
                .directExecutor()
                .addService(ProtoReflectionServiceV1.newInstance())
                .addService(new HealthStatusManager().getHealthService())
                .build()
                .shutdownNow();
        VerifyTokenRequest.getDefaultInstance();
    }

    /** @throws IOException if it cannot listen on the address */
    public void start() throws IOException {
        server.start();
    }

    /** The port that it listens on, once it has been started. */
    public int port() {
        return server.getPort();
    }

    /** Health says NOT_SERVING from now on, for those who choose among servers; calls are taken as before. */
    public void announceEnd() {
        api.announceEnd();
    }

    /**
     * Ends all calls in order: health says NOT_SERVING, no new calls are taken, those that run are waited for, and after {@code grace} cut
     * off. When it returns, nothing of the server is left. An interrupt shortens the wait.
     */
    public void drain(Duration grace) {
        api.announceEnd();
        server.shutdown();
        try {
            if (!server.awaitTermination(grace.toNanos(), TimeUnit.NANOSECONDS)) {
                server.shutdownNow();
                server.awaitTermination(LAST_MOMENTS.toNanos(), TimeUnit.NANOSECONDS);
            }
        } catch (InterruptedException hurry) {
            server.shutdownNow();
            Thread.currentThread().interrupt();
        } finally {
            api.stop(LAST_MOMENTS);
        }
    }

    private static void limit(NettyServerBuilder builder, GrpcLimits limits) {
        builder.withChildOption(
                ChannelOption.RCVBUF_ALLOCATOR,
                new AdaptiveRecvByteBufAllocator(1024, 2048, MAX_BYTES_PER_TURN).maxMessagesPerRead(1));
        // Messages are small; whoever compresses them anyway is told UNIMPLEMENTED before anything is inflated.
        builder.decompressorRegistry(DecompressorRegistry.emptyInstance())
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
