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
 * What the server was told, all of it checked. Immutable.
 *
 * @param tls null: everything is served in plaintext
 * @param hasher has the server's keys, if there are any
 * @param drainDelay how long calls are still taken when the server is told to stop
 * @param drainTimeout how long calls may go on when the server is told to stop
 * @param useInterval how often it is written down when tokens were last used
 */
public record Config(
        GrpcServerSettings server,
        @Nullable TlsSettings tls,
        Storage storage,
        SecretHasher hasher,
        Duration drainDelay,
        Duration drainTimeout,
        Retention retention,
        Duration useInterval) {

    /** @throws InvalidConfig with all faults of the command line and the environment */
    public static Config of(
            ParseResult command,
            Environment environment,
            StorageOptions storage,
            SecretKeyOptions secretKeys,
            ServerOptions server,
            TlsOptions tls) {
        List<String> faults = Faults.of(command, environment);
        storage.check(environment, faults);
        secretKeys.check(faults);
        server.check(tls.isWanted(), faults);
        tls.check(faults);
        InvalidConfig.throwIfAny(faults);
        return new Config(
                server.toSettings(),
                tls.toSettings(),
                storage.toStorage(environment, server.transactionThreads()),
                secretKeys.toHasher(),
                server.drainDelay == null ? Duration.ZERO : server.drainDelay,
                server.drainTimeout,
                new Retention(server.tombstoneRetention, server.requestIdRetention, server.changeRetention),
                server.useInterval);
    }
}
