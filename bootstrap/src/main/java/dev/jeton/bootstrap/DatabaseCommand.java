package dev.jeton.bootstrap;

import dev.jeton.bootstrap.config.Environment;
import dev.jeton.bootstrap.config.HelpOption;
import dev.jeton.bootstrap.config.SecretKeyOptions;
import dev.jeton.bootstrap.config.Storage;
import dev.jeton.bootstrap.config.StorageOptions;
import dev.jeton.bootstrap.storage.DataDirectory;
import dev.jeton.bootstrap.storage.EmbeddedDatabase;
import dev.jeton.bootstrap.storage.Login;
import dev.jeton.bootstrap.storage.StartFailure;
import dev.jeton.jdbi.Database;
import dev.jeton.jdbi.DatabaseSettings;
import dev.jeton.jdbi.SchemaMigrator;
import java.nio.file.Files;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.ToIntFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command that works on the database directly, embedded or external, whether or not a server is running on it. */
@Command(sortOptions = false, abbreviateSynopsis = true, usageHelpAutoWidth = true)
abstract class DatabaseCommand implements Callable<Integer> {
    private final Environment environment;

    @Spec
    private CommandSpec spec;

    @Mixin
    private StorageOptions options;

    @Mixin
    private HelpOption help;

    DatabaseCommand(Environment environment) {
        this.environment = environment;
    }

    /** For a command without keys; otherwise as {@link #storage(SecretKeyOptions)}. */
    final Storage storage() {
        return storage(new SecretKeyOptions());
    }

    /** @throws dev.jeton.bootstrap.config.InvalidConfig listing all errors of the command line and the environment */
    final Storage storage(SecretKeyOptions secretKeys) {
        return options.toStorage(spec.commandLine().getParseResult(), environment, secretKeys);
    }

    /**
     * Opens the database for the duration of {@code work}. Starts the embedded PostgreSQL if no server runs it, and stops it afterwards.
     *
     * @return the exit code that {@code work} returns
     */
    static int withDatabase(Storage storage, ToIntFunction<Database> work) {
        try (Lifecycle lifecycle = new Lifecycle()) {
            DatabaseSettings settings = storage.limits().at(login(storage, lifecycle));
            SchemaMigrator schema = new SchemaMigrator(settings);
            schema.requireDurable();
            schema.requireMigrated();
            return work.applyAsInt(lifecycle.open(() -> WarmDatabase.open(settings)));
        }
    }

    private static Login login(Storage storage, Lifecycle lifecycle) {
        if (storage instanceof Storage.External external) {
            return external.login();
        }
        if (!Files.isDirectory(storage.dataDirectory())) {
            throw new StartFailure("Data directory " + storage.dataDirectory()
                    + " does not exist: set the server's --data-dir or --db-url");
        }
        DataDirectory data = DataDirectory.open(storage.dataDirectory());
        if (!EmbeddedDatabase.exists(data)) {
            throw new StartFailure("Data directory " + data.path() + " has no database yet: start the server once");
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
                .orElseThrow(() -> new StartFailure(
                        "The server on data directory " + data.path() + " is starting or stopping: try again"))
                .login();
    }
}
