package dev.jeton.bootstrap;

import dev.jeton.application.installation.InstallationUseCases;
import dev.jeton.application.port.inbound.Installation;
import dev.jeton.bootstrap.config.Environment;
import dev.jeton.bootstrap.config.Storage;
import dev.jeton.bootstrap.config.StorageOptions;
import dev.jeton.domain.id.TimeOrderedIds;
import dev.jeton.domain.token.SecretHasher;
import dev.jeton.jdbi.Database;
import java.security.SecureRandom;
import java.time.InstantSource;
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
            Database database = StoppedOrRunning.database(storage, lifecycle);
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
}
