package dev.jeton.bootstrap.support;

import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;

/** Where tests have the channels from that lead to a server: one connection each, every reply looked at by {@link ReplyGuard}. */
public final class GuardedChannel {

    private GuardedChannel() {}

    /** In plaintext. */
    public static ManagedChannel to(String address) {
        return of(NettyChannelBuilder.forTarget(address).usePlaintext());
    }

    /** However else it is to be. */
    public static ManagedChannel of(ManagedChannelBuilder<?> builder) {
        return builder.intercept(ReplyGuard.OF_ALL_TESTS).build();
    }
}
