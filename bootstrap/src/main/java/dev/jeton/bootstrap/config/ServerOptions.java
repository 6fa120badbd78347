package dev.jeton.bootstrap.config;

import dev.jeton.grpc.GrpcServerSettings;
import picocli.CommandLine.Mixin;

/** All options of the server, in the order in which {@code --help} lists them. Filled in by picocli. */
public final class ServerOptions {
    @Mixin
    ServingOptions serving;

    @Mixin
    TlsOptions tls;

    @Mixin
    StorageOptions storage;

    @Mixin
    SecretKeyOptions secretKeys;

    @Mixin
    LimitOptions limits;

    @Mixin
    UpkeepOptions upkeep;

    /** Call this only if no option has an error. */
    GrpcServerSettings toServerSettings() {
        return new GrpcServerSettings(
                serving.bind.getHostAddress(), serving.port, !serving.noReflection, limits.toLimits());
    }
}
