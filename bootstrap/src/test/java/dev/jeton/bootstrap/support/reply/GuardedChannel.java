package dev.jeton.bootstrap.support.reply;

import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Metadata;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;

/** Creates the channels of all tests. {@link ReplyGuard} checks every reply; {@link GuardedChannelTest} ensures that no test bypasses it. */
public final class GuardedChannel {

    private GuardedChannel() {}

    /** A plaintext channel. */
    public static ManagedChannel to(String address) {
        return of(NettyChannelBuilder.forTarget(address).usePlaintext());
    }

    /** A channel with other settings, such as TLS. */
    public static ManagedChannel of(ManagedChannelBuilder<?> builder) {
        return builder.intercept(ReplyGuard.OF_ALL_TESTS).build();
    }

    /** A view of the channel whose calls present this token. */
    public static Channel as(Channel channel, String token) {
        Metadata headers = new Metadata();
        headers.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + token);
        return ClientInterceptors.intercept(channel, MetadataUtils.newAttachHeadersInterceptor(headers));
    }
}
