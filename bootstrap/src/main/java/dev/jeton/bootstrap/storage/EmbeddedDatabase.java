package dev.jeton.bootstrap.storage;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
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
        try {
            Postmaster.on(data.cluster()).ifPresent(EmbeddedDatabase::stopOrphan);
            Postmaster.clearStalePid(data.cluster());
            PostgresBinaries binaries = PostgresBinaries.unpackInto(data.binaries());
            if (Files.exists(data.cluster())) {
                checkVersion(data);
            } else {
                initialise(data, binaries);
            }
            String password = readPassword(data);
            return new EmbeddedDatabase(startPostmaster(data, binaries, connections), password);
        } catch (IOException e) {
            throw new StartFailure("Cannot start the embedded PostgreSQL in " + data.path() + ": " + e, e);
        }
    }

    /** Returns the PostgreSQL that a server currently runs on the directory. Closing it would stop it for that server. */
    public static Optional<EmbeddedDatabase> running(DataDirectory data) {
        return Postmaster.on(data.cluster()).map(postmaster -> new EmbeddedDatabase(postmaster, readPassword(data)));
    }

    /** Whether the directory contains a database, running or not. */
    public static boolean exists(DataDirectory data) {
        return Files.exists(data.cluster());
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

    private static void checkVersion(DataDirectory data) throws IOException {
        Path versionFile = data.cluster().resolve("PG_VERSION");
        if (!Files.exists(versionFile)) {
            throw new StartFailure(data.cluster() + " is not a PostgreSQL data directory: it has no PG_VERSION");
        }
        String found = Files.readString(versionFile).strip();
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

    private static Postmaster startPostmaster(DataDirectory data, PostgresBinaries binaries, int connections)
            throws IOException {
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
                    "--options=-p " + freePort() + settings);
            try {
                run(data, binaries, "pg_ctl", arguments);
                return Postmaster.on(data.cluster())
                        .orElseThrow(
                                () -> new StartFailure("The embedded PostgreSQL stopped right after its start: see "
                                        + data.databaseStartLog()));
            } catch (StartFailure failure) {
                // Another process may have taken the port in the meantime.
                if (attempt == START_ATTEMPTS
                        || !Files.readString(data.databaseStartLog()).contains("Address already in use")) {
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
        try {
            Files.deleteIfExists(data.databaseStartLog());
            Files.createFile(data.databaseStartLog(), OwnerOnly.permissions("rw-------"));
            int status = binaries.command(program, arguments)
                    .redirectOutput(data.databaseStartLog().toFile())
                    .start()
                    .waitFor();
            if (status != 0) {
                throw new StartFailure("Cannot start the embedded PostgreSQL: " + program + " failed with \""
                        + firstError(data.databaseStartLog()) + "\"; see " + data.databaseStartLog());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartFailure("Interrupted while PostgreSQL was starting", e);
        }
    }

    private static String firstError(Path startLog) throws IOException {
        try (Stream<String> lines = Files.lines(startLog)) {
            return lines.filter(line -> line.contains("FATAL:") || line.contains("error:"))
                    .findFirst()
                    .orElse("no error message");
        }
    }

    private static String readPassword(DataDirectory data) {
        try {
            return Files.readString(data.databasePassword()).strip();
        } catch (IOException e) {
            throw new StartFailure(
                    "Cannot read the embedded PostgreSQL's password from " + data.databasePassword()
                            + ": restore that file",
                    e);
        }
    }

    private static String newPassword() {
        byte[] bytes = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
