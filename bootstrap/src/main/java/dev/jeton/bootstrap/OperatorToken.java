package dev.jeton.bootstrap;

import dev.jeton.application.audit.Auditor;
import dev.jeton.application.installation.InstallationUseCases;
import dev.jeton.application.port.inbound.Installation;
import dev.jeton.application.token.SecretHashMaintenanceUseCases;
import dev.jeton.application.token.StaleDigests;
import dev.jeton.bootstrap.config.Environment;
import dev.jeton.bootstrap.config.SecretKeyOptions;
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

    @Mixin
    private SecretKeyOptions secretKeys;

    @Option(names = "--help", usageHelp = true, description = "Show this and exit.")
    private boolean help;

    OperatorToken(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        Storage storage = options.toStorage(spec.commandLine().getParseResult(), environment, secretKeys);
        try (Lifecycle lifecycle = new Lifecycle()) {
            Database database = StoppedOrRunning.database(storage, lifecycle);
            SecretHasher hasher = hasher(database);
            System.out.println(installation(database, hasher).newOperatorToken().revealSecret());
        }
        return CommandLine.ExitCode.OK;
    }

    /** Without keys there is no way to lock oneself out: a server that has keys takes a hash without one, and replaces it at the first use. */
    private SecretHasher hasher(Database database) {
        SecretHasher hasher = secretKeys.toHasher();
        if (!hasher.fingerprints().isEmpty()) {
            new SecretHashMaintenanceUseCases(hasher, new StaleDigests(), database.storedDigests()).requireKeys();
        }
        return hasher;
    }

    private static Installation installation(Database database, SecretHasher hasher) {
        InstantSource clock = InstantSource.system();
        SecureRandom random = new SecureRandom();
        TimeOrderedIds ids = new TimeOrderedIds(clock, random);
        return new InstallationUseCases(database.transactor(), clock, ids, random, hasher, new Auditor(clock, ids));
    }
}
