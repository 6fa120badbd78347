package dev.jeton.bootstrap.config;

import dev.jeton.bootstrap.storage.Login;
import dev.jeton.jdbi.DatabaseSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;

/** Where the data is: the options that every command has. Filled in by picocli. */
public final class StorageOptions {
    private static final long MIB = 1L << 20;

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            defaultValue = "./jeton-data",
            description =
                    "Directory for all that is kept on this machine: the embedded PostgreSQL and the first operator's token.")
    Path dataDir;

    @Option(
            names = "--db-url",
            paramLabel = "URL",
            description = "jdbc:postgresql://... of a PostgreSQL, 15 or newer, to use instead of the embedded one.")
    @Nullable String dbUrl;

    @Option(names = "--db-user", paramLabel = "NAME", description = "User to connect to --db-url as.")
    @Nullable String dbUser;

    @Option(
            names = "--db-password-file",
            paramLabel = "FILE",
            description = "File that holds the password of --db-user; or put the password into JETON_DB_PASSWORD.")
    @Nullable Path dbPasswordFile;

    @Option(
            names = "--db-pool-size",
            paramLabel = "N",
            converter = Values.Count.class,
            description = "Connections for transactions (default: one for each management and revocation thread).")
    @Nullable Integer dbPoolSize;

    @Option(
            names = "--db-lookup-pool-size",
            paramLabel = "N",
            converter = Values.Count.class,
            description =
                    "Connections that verification loads by, besides those (default: 1 for each core, at least 2).")
    @Nullable Integer dbLookupPoolSize;

    @Option(
            names = "--db-connect-timeout",
            paramLabel = "TIME",
            converter = Values.WholeSeconds.class,
            defaultValue = "1s",
            description = "How long connecting to the database may take.")
    Duration dbConnectTimeout;

    @Option(
            names = "--db-socket-timeout",
            paramLabel = "TIME",
            converter = Values.WholeSeconds.class,
            defaultValue = "2s",
            description = "How long the database may be silent.")
    Duration dbSocketTimeout;

    @Option(
            names = "--db-statement-timeout",
            paramLabel = "TIME",
            converter = Values.StatementTime.class,
            defaultValue = "2s",
            description = "How long one statement may take.")
    Duration dbStatementTimeout;

    @Option(
            names = "--db-pool-wait",
            paramLabel = "TIME",
            converter = Values.PoolWait.class,
            defaultValue = "1s",
            description = "How long a call waits for a connection; at least 250ms.")
    Duration dbPoolWait;

    @Option(
            names = "--db-lookup-timeout",
            paramLabel = "TIME",
            converter = Values.WholeSeconds.class,
            defaultValue = "1s",
            description = "All of these for the reads of verification.")
    Duration dbLookupTimeout;

    @Option(
            names = "--verification-memory",
            paramLabel = "MIB",
            converter = Values.Count.class,
            description = "How many MiB what verification has read may take, roughly (default: a quarter of the heap).")
    @Nullable Integer verificationMemory;

    /**
     * For a command that does one thing at a time.
     *
     * @throws InvalidConfig with all faults of the command line and the environment
     */
    public Storage toStorage(ParseResult command, Environment environment) {
        return toStorage(command, environment, new SecretKeyOptions());
    }

    /**
     * The same for a command that has these options too.
     *
     * @throws InvalidConfig with all faults of the command line and the environment, and of the keys
     */
    public Storage toStorage(ParseResult command, Environment environment, SecretKeyOptions secretKeys) {
        List<String> faults = Faults.of(command, environment);
        check(environment, faults);
        secretKeys.check(faults);
        InvalidConfig.throwIfAny(faults);
        return toStorage(environment, 1);
    }

    /** Adds a line for each thing that is wrong, and leaves out what picocli has found already. */
    void check(Environment environment, List<String> faults) {
        if (dbUrl != null) {
            checkUrl(dbUrl, faults);
            if (dbUser == null) {
                faults.add("--db-url needs --db-user");
            }
        } else if (dbUser != null
                || dbPasswordFile != null
                || environment.password().isPresent()) {
            faults.add("--db-user, --db-password-file and JETON_DB_PASSWORD need --db-url:"
                    + " the embedded PostgreSQL has its own user and password");
        }
        if (dbPasswordFile != null) {
            if (environment.password().isPresent()) {
                faults.add("--db-password-file and JETON_DB_PASSWORD exclude each other");
            }
            if (firstLine(dbPasswordFile).isEmpty()) {
                faults.add("--db-password-file " + dbPasswordFile + " cannot be read or has an empty first line");
            }
        }
    }

    /** To be called only where {@link #check} has found nothing. */
    Storage toStorage(Environment environment, int transactionThreads) {
        Path directory = dataDir.toAbsolutePath().normalize();
        if (dbUrl == null || dbUser == null) {
            return new Storage.Embedded(directory, limits(transactionThreads));
        }
        Optional<String> password = dbPasswordFile == null ? environment.password() : firstLine(dbPasswordFile);
        return new Storage.External(
                directory, limits(transactionThreads), new Login(dbUrl, dbUser, password.orElse(null)));
    }

    private static void checkUrl(String url, List<String> faults) {
        if (!url.startsWith("jdbc:postgresql:")) {
            faults.add("--db-url must begin with jdbc:postgresql:, such as jdbc:postgresql://db.example.com/jeton");
        }
        if (url.toLowerCase(Locale.ROOT).contains("password=") || url.matches("[^?]*//[^/?]*@.*")) {
            faults.add(
                    "--db-url must not hold a user or password: use --db-user and --db-password-file or JETON_DB_PASSWORD");
        }
    }

    private static Optional<String> firstLine(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.findFirst().filter(line -> !line.isEmpty());
        } catch (IOException | UncheckedIOException e) {
            return Optional.empty();
        }
    }

    private Storage.Limits limits(int transactionThreads) {
        int cores = Runtime.getRuntime().availableProcessors();
        return new Storage.Limits(
                dbPoolSize == null ? transactionThreads : dbPoolSize,
                dbLookupPoolSize == null ? Math.max(2, cores) : dbLookupPoolSize,
                dbConnectTimeout,
                dbSocketTimeout,
                dbStatementTimeout,
                dbPoolWait,
                dbLookupTimeout,
                verificationMemory == null ? DatabaseSettings.defaultTableBytes() : verificationMemory * MIB);
    }
}
