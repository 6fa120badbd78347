package dev.jeton.grpc;

import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** All services over fakes, behind the real interceptors, in process. */
public final class ApiUnderTest implements AutoCloseable {
    public static final byte[] PAGE_TOKEN_KEY = "a key for tests".getBytes(StandardCharsets.US_ASCII);
    public static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

    public static final Metadata.Key<String> ACTING_USER =
            Metadata.Key.of("jeton-acting-user", Metadata.ASCII_STRING_MARSHALLER);

    public final FakeGate gate = new FakeGate();
    public final FakeTenants tenants = new FakeTenants();
    public final FakeUsers users = new FakeUsers();
    public final FakeWorkloads workloads = new FakeWorkloads();
    public final FakeTokens tokens = new FakeTokens();
    public final FakeAudit audit = new FakeAudit();

    private final GrpcApi api;
    private final Server server;
    private final ManagedChannel channel;

    public ApiUnderTest() {
        this(GrpcLimits.DEFAULT);
    }

    public ApiUnderTest(GrpcLimits limits) {
        api = new GrpcApi(new GrpcServerSettings("127.0.0.1", 0, true, limits), ports(), PAGE_TOKEN_KEY);
        String name = InProcessServerBuilder.generateName();
        InProcessServerBuilder builder = InProcessServerBuilder.forName(name);
        api.serveOn(builder);
        server = builder.build();
        try {
            server.start();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        channel = InProcessChannelBuilder.forName(name).directExecutor().build();
    }

    public InboundPorts ports() {
        return new InboundPorts(gate, tenants, users, workloads, tokens, gate, audit);
    }

    /** A channel whose calls carry the valid credential. */
    public Channel asCaller() {
        return with("Bearer " + gate.secret().revealSecret());
    }

    /** A channel whose calls carry these authorizations. */
    public Channel with(String... authorizations) {
        Metadata headers = new Metadata();
        for (String authorization : authorizations) {
            headers.put(AUTHORIZATION, authorization);
        }
        return ClientInterceptors.intercept(channel, MetadataUtils.newAttachHeadersInterceptor(headers));
    }

    /** A channel whose calls act as these users. */
    public Channel actingAs(String... users) {
        Metadata headers = new Metadata();
        for (String user : users) {
            headers.put(ACTING_USER, user);
        }
        return ClientInterceptors.intercept(asCaller(), MetadataUtils.newAttachHeadersInterceptor(headers));
    }

    @Override
    public void close() {
        channel.shutdownNow();
        server.shutdownNow();
        api.stop(Duration.ZERO);
    }
}
