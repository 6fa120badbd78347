package dev.jeton.campaigns.upgrade;

import io.grpc.EquivalentAddressGroup;
import io.grpc.NameResolver;
import io.grpc.NameResolverProvider;
import io.grpc.NameResolverRegistry;
import io.grpc.StatusOr;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.stream.Stream;

/** Resolves a target such as {@code replicas:///127.0.0.1:4711,127.0.0.1:4712} to all of these addresses, as DNS would. */
final class ReplicaNames extends NameResolverProvider {
    private static final String SCHEME = "replicas";

    static {
        NameResolverRegistry.getDefaultRegistry().register(new ReplicaNames());
    }

    static String target(List<String> addresses) {
        return SCHEME + ":///" + String.join(",", addresses);
    }

    @Override
    public String getDefaultScheme() {
        return SCHEME;
    }

    @Override
    protected boolean isAvailable() {
        return true;
    }

    /** Lower than DNS. */
    @Override
    protected int priority() {
        return 1;
    }

    @Override
    public NameResolver newNameResolver(URI target, NameResolver.Args arguments) {
        List<EquivalentAddressGroup> addresses = Stream.of(
                        target.getPath().substring(1).split(","))
                .map(address -> URI.create("//" + address))
                .map(uri -> new EquivalentAddressGroup(new InetSocketAddress(uri.getHost(), uri.getPort())))
                .toList();
        return new NameResolver() {
            @Override
            public String getServiceAuthority() {
                return "localhost";
            }

            @Override
            public void start(Listener2 listener) {
                listener.onResult2(ResolutionResult.newBuilder()
                        .setAddressesOrError(StatusOr.fromValue(addresses))
                        .build());
            }

            @Override
            public void shutdown() {
                // Nothing to close.
            }
        };
    }
}
