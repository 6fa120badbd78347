package dev.jeton.bootstrap;

import dev.jeton.application.installation.InstallationUseCases;
import dev.jeton.application.port.inbound.Installation;
import dev.jeton.bootstrap.config.Environment;
import dev.jeton.bootstrap.config.Storage;
import dev.jeton.bootstrap.config.StorageOptions;
import dev.jeton.bootstrap.storage.DataDirectory;
import dev.jeton.bootstrap.storage.EmbeddedDatabase;
import dev.jeton.bootstrap.storage.Login;
import dev.jeton.bootstrap.storage.StartFailure;
import dev.jeton.domain.id.TimeOrderedIds;
import dev.jeton.domain.token.SecretHasher;
import dev.jeton.jdbi.Database;
import dev.jeton.jdbi.DatabaseSettings;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The way back in when all tokens are lost: whoever holds the database gets one. It works whether or not a server runs. */
@Command(
        name = OperatorToken.NAME,
        sortOptions = false,
        abbreviateSynopsis = true,
        usageHelpAutoWidth = true,
        description = "Makes a new token for an operator, straight in the database, and prints it.")
final class OperatorToken implements Callable<Integer> {
    static final String NAME = "operator-token";

    private final Environment environment;

    @Spec
    private CommandSpec spec;

    @Mixin
    private StorageOptions options;

    @Option(names = "--help", usageHelp = true, description = "Show this and exit.")
    private boolean help;

    OperatorToken(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        Storage storage = options.toStorage(spec.commandLine().getParseResult(), environment);
        try (Lifecycle lifecycle = new Lifecycle()) {
            DatabaseSettings settings = storage.limits().at(login(storage, lifecycle));
            Database database = lifecycle.open(() -> WarmDatabase.open(settings));
            System.out.println(installation(database).newOperatorToken().revealSecret());
        }
        return CommandLine.ExitCode.OK;
    }

    private static Installation installation(Database database) {
        InstantSource clock = InstantSource.system();
        SecureRandom random = new SecureRandom();
        return new InstallationUseCases(
                database.transactor(), clock, new TimeOrderedIds(clock, random), random, new SecretHasher());
    }

    private static Login login(Storage storage, Lifecycle lifecycle) {
        if (storage instanceof Storage.External external) {
            return external.login();
        }
        if (!Files.isDirectory(storage.dataDirectory())) {
            throw new StartFailure(
                    "There is no data directory " + storage.dataDirectory() + ": name the server's with --data-dir");
        }
        DataDirectory data = DataDirectory.open(storage.dataDirectory());
        if (!EmbeddedDatabase.exists(data)) {
            throw new StartFailure("There is no database in " + data.path() + " yet: start the server once");
        }
        Optional<DataDirectory.Lock> lock = data.tryLock();
        if (lock.isPresent()) {
            lifecycle.open(lock::get);
            int connections = storage.limits().connections();
            return lifecycle
                    .open(() -> EmbeddedDatabase.start(data, connections))
                    .login();
        }
        return EmbeddedDatabase.running(data)
                .orElseThrow(
                        () -> new StartFailure("A server is starting or stopping on " + data.path() + ": try again"))
                .login();
    }
}
