package dev.jeton.bootstrap.storage;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A running PostgreSQL server, found by the postmaster.pid in its data directory. Immutable. */
record Postmaster(Path pidFile, ProcessHandle process, int port) {
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration EXIT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration POLL_INTERVAL = Duration.ofMillis(20);
    private static final String PID_FILE = "postmaster.pid";
    private static final String UNUSED_PID = Integer.toString(Integer.MAX_VALUE);
    private static final int PORT_LINE = 3;

    /** Keeps a path in any encoding as it is. */
    private static final Charset BYTES = StandardCharsets.ISO_8859_1;

    /**
     * Finds the server that runs on {@code cluster}. Checks that the process in postmaster.pid is a postgres of this directory, because
     * after a crash the process ID may have been reused.
     */
    static Optional<Postmaster> on(Path cluster) {
        Path pidFile = cluster.resolve(PID_FILE);
        List<String> lines = read(pidFile);
        if (lines.size() <= PORT_LINE) {
            return Optional.empty();
        }
        OptionalLong port = number(lines.get(PORT_LINE));
        return number(lines.get(0)).stream()
                .boxed()
                .flatMap(pid -> ProcessHandle.of(pid).stream())
                .filter(process -> port.isPresent() && isPostgresOf(cluster, process.info()))
                .map(process -> new Postmaster(pidFile, process, (int) port.getAsLong()))
                .findFirst();
    }

    /** Returns the lines of the file, byte for byte; none if it does not exist. */
    private static List<String> read(Path pidFile) {
        try {
            return Files.readAllLines(pidFile, BYTES);
        } catch (NoSuchFileException notRunning) {
            return List.of();
        } catch (IOException e) {
            throw new StartFailure(
                    "Cannot tell whether PostgreSQL is running: " + pidFile + ": " + FileErrors.describe(e), e);
        }
    }

    /** Returns a positive number; empty for a line that a crash or a full disk damaged. */
    private static OptionalLong number(String line) {
        String text = line.strip();
        return text.matches("[1-9][0-9]{0,9}") ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
    }

    /**
     * Replaces the process ID in the postmaster.pid of a dead server if that ID is still in use, by another program or by a zombie.
     * Otherwise PostgreSQL would conclude that the server still runs. The rest of the file stays: PostgreSQL uses its shared memory key to
     * detect surviving child processes. Deletes a file without a process ID, which a power failure leaves and PostgreSQL refuses.
     */
    static void clearStalePid(Path cluster) throws IOException {
        Path pidFile = cluster.resolve(PID_FILE);
        if (!Files.exists(pidFile)) {
            return;
        }
        List<String> lines = new ArrayList<>(read(pidFile));
        OptionalLong pid = lines.isEmpty() ? OptionalLong.empty() : number(lines.get(0));
        if (pid.isEmpty()) {
            requireNoProcess(cluster);
            Files.delete(pidFile);
        } else if (isDead(pid.getAsLong())) {
            lines.set(0, UNUSED_PID);
            Files.write(pidFile, lines, BYTES);
        }
    }

    /** Searches all processes, for want of a process ID. */
    private static void requireNoProcess(Path cluster) {
        ProcessHandle.allProcesses()
                .filter(process -> isPostgresOf(cluster, process.info()))
                .findFirst()
                .ifPresent(process -> {
                    throw new StartFailure("PostgreSQL (process %s) runs on %s, whose %s is damaged: stop that process"
                            .formatted(process.pid(), cluster, PID_FILE));
                });
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
            throw new StartFailure(
                    "Cannot stop PostgreSQL (process " + process.pid() + "): " + FileErrors.reason(e), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartFailure("Interrupted while PostgreSQL (process " + process.pid() + ") was stopping", e);
        }
    }
}
