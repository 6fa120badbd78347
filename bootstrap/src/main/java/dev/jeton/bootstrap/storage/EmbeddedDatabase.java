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
 * A PostgreSQL of Jeton's own, in the data directory: durable, kept between starts, reachable over loopback only and by password only.
 * Whoever starts one holds the directory's lock. Immutable.
 */
public final class EmbeddedDatabase implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(EmbeddedDatabase.class);
    private static final String USER = "jeton";
    private static final int PASSWORD_BYTES = 24;
    private static final int START_ATTEMPTS = 3;

    /** For migrations, for a second server process that only makes an operator's token, and for a person who looks. */
    private static final int SPARE_CONNECTIONS = 50;

    private static final String START_WITHIN_SECONDS = "300";
    private static final long MIN_BUFFERS_MB = 128;
    private static final long MAX_BUFFERS_MB = 1_024;

    /** On the command line, where they win over whatever somebody writes into postgresql.conf. */
    private static final List<String> SETTINGS = List.of(
            "fsync=on",
            "synchronous_commit=on",
            "full_page_writes=on",
            "listen_addresses=127.0.0.1",
            "unix_socket_directories=",
            "timezone=UTC",
            "log_timezone=UTC",
            // A file for each day of the week, so that they do not grow for ever.
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
     * Starts it, and makes it first if there is none yet. One that an earlier server left behind when it was killed is stopped.
     *
     * @param connections how many it must bear at least
     */
    public static EmbeddedDatabase start(DataDirectory data, int connections) {
        try {
            Postmaster.on(data.cluster()).ifPresent(EmbeddedDatabase::stopOrphan);
            Postmaster.forgetGone(data.cluster());
            PostgresBinaries binaries = PostgresBinaries.unpackInto(data.binaries());
            if (Files.exists(data.cluster())) {
                checkVersion(data);
            } else {
                initialise(data, binaries);
            }
            String password = readPassword(data);
            return new EmbeddedDatabase(startPostmaster(data, binaries, connections), password);
        } catch (IOException e) {
            throw new StartFailure("The embedded PostgreSQL in " + data.path() + " could not be started: " + e, e);
        }
    }

    /** The one that a server runs on the directory now. Closing it would stop it for that server. */
    public static Optional<EmbeddedDatabase> running(DataDirectory data) {
        return Postmaster.on(data.cluster()).map(postmaster -> new EmbeddedDatabase(postmaster, readPassword(data)));
    }

    /** Whether there is one in the directory, running or not. */
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
                "PostgreSQL (process {}) was left behind by a server that did not stop properly; stopping it",
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
                    data.cluster() + " was made by PostgreSQL " + found + ", but this Jeton brings PostgreSQL "
                            + expected + ": move the data with pg_dump, or start the Jeton that made it");
        }
    }

    /** Makes it beside its place and then moves it there, so that what is in its place was made to the end. */
    private static void initialise(DataDirectory data, PostgresBinaries binaries) throws IOException {
        Path draft = data.clusterInTheMaking();
        FileTrees.delete(draft);
        OwnerOnly.write(data.databasePassword(), newPassword());
        run(
                data,
                binaries,
                "initdb",
                List.of(
                        "--pgdata=" + draft,
                        "--username=" + USER,
                        "--pwfile=" + data.databasePassword(),
                        "--auth=scram-sha-256",
                        "--encoding=UTF8",
                        "--locale=C"));
        Files.move(draft, data.cluster(), StandardCopyOption.ATOMIC_MOVE);
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
                    "--timeout=" + START_WITHIN_SECONDS,
                    "--silent",
                    "--pgdata=" + data.cluster(),
                    "--options=-p " + freePort() + settings);
            try {
                run(data, binaries, "pg_ctl", arguments);
                return Postmaster.on(data.cluster())
                        .orElseThrow(
                                () -> new StartFailure("The embedded PostgreSQL stopped as soon as it had started: see "
                                        + data.databaseStartLog()));
            } catch (StartFailure failure) {
                // The free port may have been taken by another process meanwhile.
                if (attempt == START_ATTEMPTS
                        || !Files.readString(data.databaseStartLog()).contains("Address already in use")) {
                    throw failure;
                }
            }
        }
    }

    /**
     * What it may keep in memory: half as much as this JVM's heap, and so an eighth of the machine's memory unless somebody says otherwise. A
     * million tokens with their indexes take about half a gigabyte.
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
                throw new StartFailure("The embedded PostgreSQL could not be started: " + program + " said \""
                        + complaint(data.databaseStartLog()) + "\"; all of it is in " + data.databaseStartLog());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartFailure("Interrupted while PostgreSQL was starting", e);
        }
    }

    private static String complaint(Path startLog) throws IOException {
        try (Stream<String> lines = Files.lines(startLog)) {
            return lines.filter(line -> line.contains("FATAL:") || line.contains("error:"))
                    .findFirst()
                    .orElse("nothing");
        }
    }

    private static String readPassword(DataDirectory data) {
        try {
            return Files.readString(data.databasePassword()).strip();
        } catch (IOException e) {
            throw new StartFailure(
                    "The password of the embedded PostgreSQL cannot be read from " + data.databasePassword()
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
