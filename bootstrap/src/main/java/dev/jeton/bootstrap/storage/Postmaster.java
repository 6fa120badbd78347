package dev.jeton.bootstrap.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A PostgreSQL server that runs on a data directory, as its postmaster.pid tells. Immutable. */
record Postmaster(Path pidFile, ProcessHandle process, int port) {
    private static final Duration STOP_WITHIN = Duration.ofSeconds(60);
    private static final Duration DIE_WITHIN = Duration.ofSeconds(5);
    private static final Duration LOOK_EVERY = Duration.ofMillis(20);
    private static final String PID_FILE = "postmaster.pid";
    private static final String NOBODYS_PID = Integer.toString(Integer.MAX_VALUE);
    private static final int PORT_LINE = 3;

    /**
     * The server that runs on {@code cluster}. What postmaster.pid says is believed only if that process is a postgres of this very
     * directory: after a crash the number may have been given to anybody.
     */
    static Optional<Postmaster> on(Path cluster) {
        Path pidFile = cluster.resolve(PID_FILE);
        try {
            List<String> lines = Files.readAllLines(pidFile);
            if (lines.size() <= PORT_LINE) {
                return Optional.empty();
            }
            long pid = Long.parseLong(lines.get(0).strip());
            int port = Integer.parseInt(lines.get(PORT_LINE).strip());
            return ProcessHandle.of(pid)
                    .filter(process -> isPostgresOf(cluster, process.info()))
                    .map(process -> new Postmaster(pidFile, process, port));
        } catch (NoSuchFileException nothingRuns) {
            return Optional.empty();
        } catch (IOException | NumberFormatException e) {
            throw new StartFailure(
                    "Cannot tell whether PostgreSQL runs on " + cluster + ": " + pidFile + " is unreadable", e);
        }
    }

    /**
     * Corrects the postmaster.pid of a server that is gone if its process number is still in use: given to another program since, or not
     * given back because nobody reaps orphans here. PostgreSQL would take that for its server still running. The rest of the file stays,
     * for PostgreSQL to see by its shared memory whether a part of that server is still alive.
     */
    static void forgetGone(Path cluster) throws IOException {
        Path pidFile = cluster.resolve(PID_FILE);
        if (!Files.exists(pidFile)) {
            return;
        }
        List<String> lines = new ArrayList<>(Files.readAllLines(pidFile));
        if (!lines.isEmpty() && isGone(Long.parseLong(lines.get(0).strip()))) {
            lines.set(0, NOBODYS_PID);
            Files.write(pidFile, lines);
        }
    }

    private static boolean isGone(long pid) throws IOException {
        long deadline = System.nanoTime() + DIE_WITHIN.toNanos();
        while (!isUnreaped(pid)) {
            Optional<ProcessHandle> process = ProcessHandle.of(pid);
            Optional<String> command = process.flatMap(handle -> handle.info().command());
            if (process.isEmpty() || command.isPresent() || System.nanoTime() > deadline) {
                return command.filter(name -> !Path.of(name).endsWith("postgres"))
                        .isPresent();
            }
            // One that is dying has no command any more.
            pause();
        }
        return true;
    }

    private static void pause() {
        try {
            Thread.sleep(LOOK_EVERY.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartFailure("Interrupted while waiting for PostgreSQL", e);
        }
    }

    private static boolean isUnreaped(long pid) throws IOException {
        Path status = Path.of("/proc", Long.toString(pid), "status");
        return Files.exists(status)
                && Files.readAllLines(status).stream().anyMatch(line -> line.startsWith("State:\tZ"));
    }

    private static boolean isPostgresOf(Path cluster, ProcessHandle.Info info) {
        return info.command()
                        .filter(command -> Path.of(command).endsWith("postgres"))
                        .isPresent()
                && info.arguments().map(List::of).orElse(List.of()).contains(cluster.toString());
    }

    /** Stops it, which disconnects its clients and makes it write everything down, and waits until it has stopped. */
    void stop() {
        try {
            // SIGINT asks for a fast shutdown; ProcessHandle.destroy sends what would wait for the clients.
            new ProcessBuilder("sh", "-c", "kill -INT " + process.pid()).start().waitFor();
            long deadline = System.nanoTime() + STOP_WITHIN.toNanos();
            // It removes the file as its last deed.
            while (process.isAlive() && !isUnreaped(process.pid()) && Files.exists(pidFile)) {
                if (System.nanoTime() > deadline) {
                    throw new StartFailure("PostgreSQL (process " + process.pid() + ") did not stop within "
                            + STOP_WITHIN.toSeconds() + " s");
                }
                pause();
            }
        } catch (IOException e) {
            throw new StartFailure(
                    "PostgreSQL (process " + process.pid() + ") could not be stopped: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartFailure("Interrupted while PostgreSQL (process " + process.pid() + ") was stopping", e);
        }
    }
}
