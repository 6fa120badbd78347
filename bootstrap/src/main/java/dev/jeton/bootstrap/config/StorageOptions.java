package dev.jeton.bootstrap.config;

import dev.jeton.bootstrap.storage.FileErrors;
import dev.jeton.bootstrap.storage.Login;
import dev.jeton.bootstrap.storage.OptionFile;
import dev.jeton.jdbi.DatabaseSettings;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;

/** Options for the data directory and the database, which every command has. Filled in by picocli. */
@OptionGroup("Storage")
public final class StorageOptions {
    private static final long MIB = 1L << 20;

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            defaultValue = "./jeton-data",
            description = "Directory for the embedded PostgreSQL, the lock file and the first operator token.")
    Path dataDir;

    @Option(
            names = "--db-url",
            paramLabel = "URL",
            description = "Use an external PostgreSQL, 15 or newer, such as jdbc:postgresql://HOST/DATABASE.")
    @Nullable String dbUrl;

    @Option(names = "--db-user", paramLabel = "NAME", description = "Database user for --db-url.")
    @Nullable String dbUser;

    @Option(
            names = "--db-password-file",
            paramLabel = "FILE",
            description =
                    "File whose first line is the password of --db-user; must not be world-accessible. Alternatively set JETON_DB_PASSWORD.")
    @Nullable Path dbPasswordFile;

    @Option(
            names = "--db-pool-size",
            paramLabel = "N",
            converter = Converters.Count.class,
            description = "Connections for transactions (default: one per management and revocation thread).")
    @Nullable Integer dbPoolSize;

    @Option(
            names = "--db-lookup-pool-size",
            paramLabel = "N",
            converter = Converters.Count.class,
            description = "Additional connections for verification (default: one per core, at least 2).")
    @Nullable Integer dbLookupPoolSize;

    @Option(
            names = "--db-connect-timeout",
            paramLabel = "TIME",
            converter = Converters.WholeSeconds.class,
            defaultValue = "1s",
            description = "Timeout for connecting to the database; whole seconds, at most 1d.")
    Duration dbConnectTimeout;

    @Option(
            names = "--db-socket-timeout",
            paramLabel = "TIME",
            converter = Converters.WholeSeconds.class,
            defaultValue = "2s",
            description = "Timeout for a response from the database; whole seconds, at most 1d.")
    Duration dbSocketTimeout;

    @Option(
            names = "--db-statement-timeout",
            paramLabel = "TIME",
            converter = Converters.StatementTimeout.class,
            defaultValue = "2s",
            description = "Timeout for one SQL statement; at most 1d.")
    Duration dbStatementTimeout;

    @Option(
            names = "--db-pool-wait",
            paramLabel = "TIME",
            converter = Converters.PoolWait.class,
            defaultValue = "1s",
            description = "Timeout for getting a connection from the pool; 250ms to 1d.")
    Duration dbPoolWait;

    @Option(
            names = "--db-lookup-timeout",
            paramLabel = "TIME",
            converter = Converters.WholeSeconds.class,
            defaultValue = "1s",
            description = "For verification, replaces the four timeouts above; whole seconds, at most 1d.")
    Duration dbLookupTimeout;

    @Option(
            names = "--verification-memory",
            paramLabel = "MIB",
            converter = Converters.Count.class,
            description = "Approximate size of the verification cache in MiB (default: a quarter of the heap).")
    @Nullable Integer verificationMemory;

    private @Nullable String password;

    /**
     * For a command that runs one transaction at a time.
     *
     * @throws InvalidConfig listing all errors of the command line, the environment and the key file
     */
    public Storage toStorage(ParseResult command, Environment environment, SecretKeyOptions secretKeys) {
        List<String> errors = OptionErrors.of(command, environment);
        check(environment, errors);
        secretKeys.check(errors);
        InvalidConfig.throwIfAny(errors);
        return toStorage(1);
    }

    /** Reads the password file, once, and adds a line for each error that picocli does not report. */
    void check(Environment environment, List<String> errors) {
        if (dbUrl != null) {
            checkUrl(dbUrl, errors);
            if (dbUser == null) {
                errors.add("--db-url requires --db-user");
            }
        } else if (dbUser != null
                || dbPasswordFile != null
                || environment.password().isPresent()) {
            errors.add("--db-user, --db-password-file and JETON_DB_PASSWORD require --db-url:"
                    + " the embedded PostgreSQL has its own user and password");
        }
        if (dbPasswordFile != null) {
            if (environment.password().isPresent()) {
                errors.add("--db-password-file and JETON_DB_PASSWORD are both set: remove one");
            }
            password = read(new OptionFile("--db-password-file", dbPasswordFile), errors);
        } else {
            password = environment.password().orElse(null);
        }
    }

    /** Call this only if {@link #check} reported no errors. */
    Storage toStorage(int transactionThreads) {
        Path directory = dataDir.toAbsolutePath().normalize();
        if (dbUrl == null || dbUser == null) {
            return new Storage.Embedded(directory, limits(transactionThreads));
        }
        return new Storage.External(directory, limits(transactionThreads), new Login(dbUrl, dbUser, password));
    }

    private static void checkUrl(String url, List<String> errors) {
        if (!url.startsWith("jdbc:postgresql:")) {
            errors.add("--db-url must begin with jdbc:postgresql:, for example jdbc:postgresql://db.example.com/jeton");
        }
        if (url.toLowerCase(Locale.ROOT).contains("password=") || url.matches("[^?]*//[^/?]*@.*")) {
            errors.add(
                    "--db-url must not contain a user or password: use --db-user and --db-password-file or JETON_DB_PASSWORD");
        }
    }

    private static @Nullable String read(OptionFile file, List<String> errors) {
        byte[] content = file.readSecret(errors).orElse(null);
        if (content == null) {
            return null;
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString();
            String line = text.lines().findFirst().orElse("");
            if (line.isEmpty()) {
                errors.add(file.error("the first line is empty; write the password there"));
            }
            return line;
        } catch (CharacterCodingException e) {
            errors.add(file.error(FileErrors.describe(e)));
            return null;
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
