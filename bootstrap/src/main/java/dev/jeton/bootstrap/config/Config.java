package dev.jeton.bootstrap.config;

import dev.jeton.application.token.Retention;
import dev.jeton.bootstrap.tls.TlsSettings;
import dev.jeton.domain.token.SecretHasher;
import dev.jeton.grpc.GrpcServerSettings;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ParseResult;

/**
 * The validated configuration of the server. Immutable.
 *
 * @param tls null: plaintext
 * @param hasher hashes with the keys from {@code --secret-key-file}, or without a key if there is none
 * @param warmUp how long the server may exercise itself before it serves; zero: not at all
 * @param drainDelay how long a stopping server still accepts calls
 * @param drainTimeout how long running calls may then take to finish
 * @param useInterval how often last-used times are saved
 * @param auditRetention how long audit events are kept; null: for ever
 */
public record Config(
        GrpcServerSettings server,
        @Nullable TlsSettings tls,
        Storage storage,
        SecretHasher hasher,
        Duration warmUp,
        Duration drainDelay,
        Duration drainTimeout,
        Retention retention,
        Duration useInterval,
        @Nullable Duration auditRetention) {

    /** @throws InvalidConfig listing all errors of the command line and the environment */
    public static Config of(ParseResult command, Environment environment, ServerOptions options) {
        List<String> errors = OptionErrors.of(command, environment);
        options.storage.check(environment, errors);
        options.secretKeys.check(errors);
        options.serving.check(options.tls.isRequested(), errors);
        options.tls.check(errors);
        InvalidConfig.throwIfAny(errors);
        ServingOptions serving = options.serving;
        return new Config(
                options.toServerSettings(),
                options.tls.toSettings(),
                options.storage.toStorage(options.limits.transactionThreads()),
                options.secretKeys.toHasher(),
                serving.warmUp,
                serving.drainDelay == null ? Duration.ZERO : serving.drainDelay,
                serving.drainTimeout,
                options.upkeep.toRetention(),
                options.upkeep.useInterval,
                options.upkeep.auditRetention);
    }
}
