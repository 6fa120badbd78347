package dev.jeton.bootstrap.storage;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.UserPrincipal;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.IntSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL that Jeton runs in its data directory. It is durable, keeps its data between starts and accepts only loopback connections
 * with a password. Hold the directory's lock to start one. Immutable.
 */
public final class EmbeddedDatabase implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(EmbeddedDatabase.class);
    private static final String USER = "jeton";
    private static final int PASSWORD_BYTES = 24;
    private static final int START_ATTEMPTS = 3;

    /** For migrations, command-line commands and a person with psql. */
    private static final int SPARE_CONNECTIONS = 50;

    /** What a shell does not take literally between double quotes. */
    private static final Pattern SHELL_CHARACTERS = Pattern.compile("[$`\"\\\\]");

    /** Leaves room for the longest path below the data directory. */
    private static final int MAX_PATH_BYTES = 900;

    private static final String START_TIMEOUT_SECONDS = "300";
    private static final long MIN_BUFFERS_MB = 128;
    private static final long MAX_BUFFERS_MB = 1_024;

    /** Passed on the command line, which takes precedence over postgresql.conf. */
    private static final List<String> SETTINGS = List.of(
            "fsync=on",
            "synchronous_commit=on",
            "full_page_writes=on",
            "listen_addresses=127.0.0.1",
            "unix_socket_directories=",
            "timezone=UTC",
            "log_timezone=UTC",
            // One file per weekday, overwritten a week later.
            "logging_collector=on",
            "log_directory=log",
            "log_filename=postgresql-%a.log",
            "log_rotation_age=1440",
            "log_truncate_on_rotation=on");

    private final Postmaster postmaster;
    private final String password;

    private EmbeddedDatabase(Postmaster postmaster, String password) {
        this.postmaster = postmaster;
        this.password = password;
    }

    /**
     * Starts PostgreSQL, and creates its data directory on the first start. Stops one still running after its server was killed.
     *
     * @param connections how many connections it must accept at least
     */
    public static EmbeddedDatabase start(DataDirectory data, int connections) {
        return start(data, connections, EmbeddedDatabase::freePort);
    }

    /** @param ports called for each attempt, because another process may take a port before PostgreSQL does */
    static EmbeddedDatabase start(DataDirectory data, int connections, IntSupplier ports) {
        try {
            requireUsablePath(data.path());
            createStartLog(data);
            if (exists(data)) {
                requireOwner(data);
                checkVersion(data);
            }
            Postmaster.on(data.cluster()).ifPresent(EmbeddedDatabase::stopOrphan);
            Postmaster.clearStalePid(data.cluster());
            PostgresBinaries binaries = PostgresBinaries.unpackInto(data.binaries());
            if (!exists(data)) {
                initialise(data, binaries);
            }
            String password = readPassword(data);
            return new EmbeddedDatabase(startPostmaster(data, binaries, connections, ports), password);
        } catch (IOException e) {
            throw new StartFailure(
                    "Cannot start the embedded PostgreSQL in " + data.path() + ": " + FileErrors.withFile(e)
                            + "; fix that, or choose another directory with --data-dir",
                    e);
        }
    }

    /** Returns the PostgreSQL that a server currently runs on the directory. Closing it would stop it for that server. */
    public static Optional<EmbeddedDatabase> running(DataDirectory data) {
        return Postmaster.on(data.cluster()).map(postmaster -> new EmbeddedDatabase(postmaster, readPassword(data)));
    }

    /** Whether the directory contains a database, running or not. A broken link to one counts: it may be on a disk that is not mounted. */
    public static boolean exists(DataDirectory data) {
        return Files.exists(data.cluster(), LinkOption.NOFOLLOW_LINKS);
    }

    public Login login() {
        return new Login("jdbc:postgresql://127.0.0.1:" + postmaster.port() + "/postgres", USER, password);
    }

    @Override
    public void close() {
        postmaster.stop();
    }

    private static void stopOrphan(Postmaster postmaster) {
        log.warn(
                "Stopping PostgreSQL (process {}), still running after its server was killed",
                postmaster.process().pid());
        postmaster.stop();
    }

    /** PostgreSQL's programs pass their own path through a shell and hold paths in buffers of 1,024 bytes. */
    private static void requireUsablePath(Path path) {
        Matcher special = SHELL_CHARACTERS.matcher(path.toString());
        if (special.find()) {
            throw new StartFailure("PostgreSQL cannot run in " + path + ", because its path contains " + special.group()
                    + ": choose another directory with --data-dir");
        }
        if (path.toString().getBytes(StandardCharsets.UTF_8).length > MAX_PATH_BYTES) {
            throw new StartFailure("PostgreSQL cannot run in " + path + ", because its path is longer than "
                    + MAX_PATH_BYTES + " bytes: choose another directory with --data-dir");
        }
    }

    /** Compares with the new start log, which belongs to the user who runs Jeton. */
    private static void requireOwner(DataDirectory data) throws IOException {
        if (!Files.exists(data.cluster())) {
            return;
        }
        UserPrincipal owner = Files.getOwner(data.cluster());
        UserPrincipal self = Files.getOwner(data.databaseStartLog());
        if (!owner.equals(self)) {
            throw new StartFailure(
                    "%s belongs to %s, but Jeton runs as %s: start it as %s, or choose another --data-dir"
                            .formatted(data.cluster(), owner.getName(), self.getName(), owner.getName()));
        }
    }

    private static void checkVersion(DataDirectory data) throws IOException {
        Path versionFile = data.cluster().resolve("PG_VERSION");
        if (!Files.exists(versionFile)) {
            throw new StartFailure(
                    data.cluster()
                            + " is not a PostgreSQL data directory, because it has no PG_VERSION: mount or restore it, or remove it");
        }
        String found = new String(Files.readAllBytes(versionFile), StandardCharsets.ISO_8859_1).strip();
        if (!found.matches("[0-9]{1,3}")) {
            throw new StartFailure(versionFile + " is damaged: restore the directory from a backup");
        }
        String expected = PostgresBinaries.majorVersion();
        if (!found.equals(expected)) {
            throw new StartFailure(
                    data.cluster() + " was created by PostgreSQL " + found + ", but this Jeton contains PostgreSQL "
                            + expected + ": migrate with pg_dump, or use the Jeton version that created it");
        }
    }

    /** Creates the cluster in a staging directory and then renames it, so that an existing cluster is always complete. */
    private static void initialise(DataDirectory data, PostgresBinaries binaries) throws IOException {
        Path staging = data.stagingDirectory();
        FileTrees.delete(staging);
        OwnerOnly.write(data.databasePassword(), newPassword());
        run(
                data,
                binaries,
                "initdb",
                List.of(
                        "--pgdata=" + staging,
                        "--username=" + USER,
                        "--pwfile=" + data.databasePassword(),
                        "--auth=scram-sha-256",
                        "--encoding=UTF8",
                        "--locale=C"));
        Files.move(staging, data.cluster(), StandardCopyOption.ATOMIC_MOVE);
        OwnerOnly.sync(data.path());
    }

    private static Postmaster startPostmaster(
            DataDirectory data, PostgresBinaries binaries, int connections, IntSupplier ports) throws IOException {
        long buffers = buffersMb(Runtime.getRuntime().maxMemory());
        String settings = Stream.concat(
                        SETTINGS.stream(),
                        Stream.of(
                                "max_connections=" + (connections + SPARE_CONNECTIONS),
                                "shared_buffers=" + buffers + "MB"))
                .map(setting -> " -c " + setting)
                .collect(Collectors.joining());
        for (int attempt = 1; ; attempt++) {
            List<String> arguments = List.of(
                    "start",
                    "--wait",
                    "--timeout=" + START_TIMEOUT_SECONDS,
                    "--silent",
                    "--pgdata=" + data.cluster(),
                    "--options=-p " + ports.getAsInt() + settings);
            try {
                run(data, binaries, "pg_ctl", arguments);
                return Postmaster.on(data.cluster())
                        .orElseThrow(
                                () -> new StartFailure("The embedded PostgreSQL stopped right after its start: see "
                                        + data.databaseStartLog()));
            } catch (StartFailure failure) {
                if (attempt == START_ATTEMPTS
                        || !String.valueOf(failure.getMessage()).contains(ProgramOutput.PORT_IN_USE)) {
                    throw failure;
                }
            }
        }
    }

    /**
     * Returns the size of {@code shared_buffers} in MB: half the maximum heap, which by default is an eighth of the machine's memory. A million
     * tokens with their indexes take about half a gigabyte.
     */
    static long buffersMb(long maxHeapBytes) {
        return Math.max(MIN_BUFFERS_MB, Math.min(MAX_BUFFERS_MB, maxHeapBytes / 2 >> 20));
    }

    private static void run(DataDirectory data, PostgresBinaries binaries, String program, List<String> arguments)
            throws IOException {
        createStartLog(data);
        FileTime began = Files.getLastModifiedTime(data.databaseStartLog());
        int status = binaries.run(program, arguments, data.databaseStartLog());
        if (status != 0) {
            ProgramOutput output = ProgramOutput.read(data.databaseStartLog(), data.databaseLogs(), began);
            throw new StartFailure("Cannot start the embedded PostgreSQL: %s failed (exit status %s): %s; see %s"
                    .formatted(program, status, output.reason(), output.file()));
        }
    }

    private static void createStartLog(DataDirectory data) throws IOException {
        Files.deleteIfExists(data.databaseStartLog());
        Files.createFile(data.databaseStartLog(), OwnerOnly.permissions("rw-------"));
    }

    private static String readPassword(DataDirectory data) {
        Path file = data.databasePassword();
        try {
            String password = Files.readString(file).strip();
            if (password.isEmpty()) {
                throw new StartFailure("The embedded PostgreSQL's password file " + file + " is empty: restore it");
            }
            return password;
        } catch (IOException e) {
            throw new StartFailure(
                    "Cannot read the embedded PostgreSQL's password from " + file + ": " + FileErrors.describe(e)
                            + "; restore that file",
                    e);
        }
    }

    private static String newPassword() {
        byte[] bytes = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new StartFailure("Cannot find a free port for PostgreSQL: " + FileErrors.reason(e), e);
        }
    }
}
