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

/** The directory that a server keeps its things in. It exists and can be written to. Immutable. */
public final class DataDirectory {
    private final Path path;

    private DataDirectory(Path path) {
        this.path = path;
    }

    /** Makes the directory, for its owner only, if it is not there yet. */
    public static DataDirectory open(Path path) {
        if (Files.exists(path) && !Files.isDirectory(path)) {
            throw new StartFailure("The data directory " + path + " is a file: choose another with --data-dir");
        }
        try {
            Path real = OwnerOnly.directory(path).toRealPath();
            if (!Files.isWritable(real)) {
                throw new StartFailure("The data directory " + path + " cannot be written to by this user");
            }
            return new DataDirectory(real);
        } catch (IOException e) {
            throw new StartFailure("The data directory " + path + " cannot be made: " + e, e);
        }
    }

    public Path path() {
        return path;
    }

    /** Where the first operator's token is put. */
    public Path operatorToken() {
        return path.resolve("operator-token");
    }

    Path cluster() {
        return path.resolve("postgres");
    }

    Path clusterInTheMaking() {
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

    /** Takes the directory for this process until the lock is closed; empty if a process, this one included, has it. */
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
            throw new StartFailure("The lock file " + file + " cannot be used: " + e, e);
        }
    }

    /** As {@link #tryLock()}, but fails if another has it. */
    public Lock lock() {
        return tryLock()
                .orElseThrow(() -> new StartFailure("Another Jeton serves the data directory " + path
                        + ": stop it first, or choose another directory with --data-dir"));
    }

    /** Keeps other servers off the directory until it is closed or the process ends, however it ends. */
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
