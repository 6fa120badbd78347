package dev.jeton.bootstrap.tls;

import dev.jeton.bootstrap.support.reply.GuardedChannel;
import dev.jeton.bootstrap.tls.TestAuthority.Issued;
import dev.jeton.v1.ListTenantsRequest;
import dev.jeton.v1.TenantServiceGrpc;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.Grpc;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.TlsChannelCredentials;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A TLS connection that trusts one CA; the first call opens it. */
final class TlsClient implements AutoCloseable {
    private final ManagedChannel channel;

    private TlsClient(ManagedChannel channel) {
        this.channel = channel;
    }

    static TlsClient of(String address, Path authority, @Nullable Issued own) throws IOException {
        TlsChannelCredentials.Builder credentials =
                TlsChannelCredentials.newBuilder().trustManager(authority.toFile());
        if (own != null) {
            credentials.keyManager(own.certificate().toFile(), own.key().toFile());
        }
        return new TlsClient(GuardedChannel.of(Grpc.newChannelBuilder(address, credentials.build())));
    }

    Channel anonymous() {
        return channel;
    }

    Channel as(String token) {
        Metadata headers = new Metadata();
        headers.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + token);
        return ClientInterceptors.intercept(channel, MetadataUtils.newAttachHeadersInterceptor(headers));
    }

    /** Lists the tenants and returns the call's status. */
    static Status.Code listTenants(Channel channel) {
        try {
            TenantServiceGrpc.newBlockingStub(channel).listTenants(ListTenantsRequest.getDefaultInstance());
            return Status.Code.OK;
        } catch (StatusRuntimeException failure) {
            return failure.getStatus().getCode();
        }
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }
}
