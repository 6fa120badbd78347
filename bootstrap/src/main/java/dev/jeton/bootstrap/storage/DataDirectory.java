package dev.jeton.bootstrap.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.EnumSet;
import java.util.Optional;

/** A server's data directory. It exists and is writable. Immutable. */
public final class DataDirectory {
    private final Path path;

    private DataDirectory(Path path) {
        this.path = path;
    }

    /** Creates the directory, accessible to its owner only, if it does not exist. */
    public static DataDirectory open(Path path) {
        if (Files.exists(path) && !Files.isDirectory(path)) {
            throw new StartFailure("Data directory " + path + " is a file: choose another with --data-dir");
        }
        try {
            Path real = OwnerOnly.directory(path).toRealPath();
            if (!Files.isWritable(real)) {
                throw new StartFailure("Data directory " + path
                        + " is not writable: fix its permissions or choose another with --data-dir");
            }
            return new DataDirectory(real);
        } catch (IOException e) {
            throw new StartFailure(
                    "Cannot create data directory " + path + ": " + FileErrors.withFile(e)
                            + "; choose another with --data-dir",
                    e);
        }
    }

    public Path path() {
        return path;
    }

    /** Returns the file that holds the first operator token. */
    public Path operatorToken() {
        return path.resolve("operator-token");
    }

    Path cluster() {
        return path.resolve("postgres");
    }

    Path stagingDirectory() {
        return path.resolve("postgres.new");
    }

    Path binaries() {
        return path.resolve("postgres-binaries");
    }

    Path databasePassword() {
        return path.resolve("postgres-password");
    }

    Path databaseStartLog() {
        return path.resolve("postgres-start.log");
    }

    /** Returns the directory of the logs that PostgreSQL writes once it runs. */
    Path databaseLogs() {
        return cluster().resolve("log");
    }

    /** Locks the directory for this process; empty if a process, possibly this one, holds the lock. */
    public Optional<Lock> tryLock() {
        Path file = path.resolve("jeton.lock");
        try {
            FileChannel channel = FileChannel.open(
                    file,
                    EnumSet.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                    OwnerOnly.permissions("rw-------"));
            if (channel.tryLock() == null) {
                channel.close();
                return Optional.empty();
            }
            String pid = ProcessHandle.current().pid() + System.lineSeparator();
            channel.truncate(0).write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.US_ASCII)));
            return Optional.of(new Lock(channel));
        } catch (OverlappingFileLockException heldByThisProcess) {
            return Optional.empty();
        } catch (IOException e) {
            throw new StartFailure(
                    "Cannot use lock file " + file + ": " + FileErrors.reason(e)
                            + "; start Jeton as its owner, or choose another directory with --data-dir",
                    e);
        }
    }

    /** As {@link #tryLock()}, but throws a {@link StartFailure} if the lock is held. */
    public Lock lock() {
        return tryLock()
                .orElseThrow(() -> new StartFailure("Another Jeton uses data directory " + path
                        + ": stop it, or choose another directory with --data-dir"));
    }

    /** Keeps other processes off the directory until it is closed or this process ends, even by a crash. */
    public static final class Lock implements AutoCloseable {
        private final FileChannel channel;

        private Lock(FileChannel channel) {
            this.channel = channel;
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
