package dev.jeton.bootstrap.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A running PostgreSQL server, found by the postmaster.pid in its data directory. Immutable. */
record Postmaster(Path pidFile, ProcessHandle process, int port) {
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration EXIT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration POLL_INTERVAL = Duration.ofMillis(20);
    private static final String PID_FILE = "postmaster.pid";
    private static final String UNUSED_PID = Integer.toString(Integer.MAX_VALUE);
    private static final int PORT_LINE = 3;

    /**
     * Finds the server that runs on {@code cluster}. Checks that the process in postmaster.pid is a postgres of this directory, because
     * after a crash the process ID may have been reused.
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
        } catch (NoSuchFileException notRunning) {
            return Optional.empty();
        } catch (IOException | NumberFormatException e) {
            throw new StartFailure(
                    "Cannot tell whether PostgreSQL is running on " + cluster + ": " + pidFile + " is unreadable", e);
        }
    }

    /**
     * Replaces the process ID in the postmaster.pid of a dead server if that ID is still in use, by another program or by a zombie.
     * Otherwise PostgreSQL would conclude that the server still runs. The rest of the file stays: PostgreSQL uses its shared memory key to
     * detect surviving child processes.
     */
    static void clearStalePid(Path cluster) throws IOException {
        Path pidFile = cluster.resolve(PID_FILE);
        if (!Files.exists(pidFile)) {
            return;
        }
        List<String> lines = new ArrayList<>(Files.readAllLines(pidFile));
        if (!lines.isEmpty() && isDead(Long.parseLong(lines.get(0).strip()))) {
            lines.set(0, UNUSED_PID);
            Files.write(pidFile, lines);
        }
    }

    private static boolean isDead(long pid) throws IOException {
        long deadline = System.nanoTime() + EXIT_TIMEOUT.toNanos();
        while (!isZombie(pid)) {
            Optional<ProcessHandle> process = ProcessHandle.of(pid);
            Optional<String> command = process.flatMap(handle -> handle.info().command());
            if (process.isEmpty() || command.isPresent() || System.nanoTime() > deadline) {
                return command.filter(name -> !Path.of(name).endsWith("postgres"))
                        .isPresent();
            }
            // A process that is exiting has no command.
            pause();
        }
        return true;
    }

    private static void pause() {
        try {
            Thread.sleep(POLL_INTERVAL.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartFailure("Interrupted while waiting for PostgreSQL", e);
        }
    }

    private static boolean isZombie(long pid) throws IOException {
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

    /** Shuts the server down: disconnects its clients, writes a checkpoint, and waits until the process ends. */
    void stop() {
        try {
            // SIGINT requests a fast shutdown; ProcessHandle.destroy sends SIGTERM, which waits for clients.
            new ProcessBuilder("sh", "-c", "kill -INT " + process.pid()).start().waitFor();
            long deadline = System.nanoTime() + STOP_TIMEOUT.toNanos();
            // Deleting the file is its last step.
            while (process.isAlive() && !isZombie(process.pid()) && Files.exists(pidFile)) {
                if (System.nanoTime() > deadline) {
                    throw new StartFailure("PostgreSQL (process " + process.pid() + ") did not stop within "
                            + STOP_TIMEOUT.toSeconds() + " s");
                }
                pause();
            }
        } catch (IOException e) {
            throw new StartFailure("Cannot stop PostgreSQL (process " + process.pid() + "): " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartFailure("Interrupted while PostgreSQL (process " + process.pid() + ") was stopping", e);
        }
    }
}
