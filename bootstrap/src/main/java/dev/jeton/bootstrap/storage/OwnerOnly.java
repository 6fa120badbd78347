package dev.jeton.bootstrap.storage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** Files and directories that no other user may read. Thread-safe. */
public final class OwnerOnly {
    /** What is wrong with a file that {@link #isEverybodys}, and what to do about it. */
    public static final String EVERYBODYS = "every user of this machine can get at it: take that away with chmod o-rw";

    private static final Set<PosixFilePermission> OTHERS =
            EnumSet.of(PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_WRITE);

    private OwnerOnly() {}

    /**
     * Writes one line, so that the file is there as a whole or not at all, and is still there after a power cut. An older file of that
     * name is replaced.
     */
    public static void write(Path file, String line) {
        Path directory = file.toAbsolutePath().getParent();
        Path draft = directory.resolve(file.getFileName() + ".new");
        try {
            Files.deleteIfExists(draft);
            try (FileChannel channel = FileChannel.open(
                    draft,
                    EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                    permissions("rw-------"))) {
                ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            sync(directory);
        } catch (IOException e) {
            throw new UncheckedIOException("Could not write " + file + ": " + e, e);
        }
    }

    /** Whether every user of this machine may read or write the file; never where files have no such permissions. */
    public static boolean isEverybodys(Path file) throws IOException {
        PosixFileAttributeView posix = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        return posix != null && !Collections.disjoint(posix.readAttributes().permissions(), OTHERS);
    }

    /** Makes the directory, and those above it, where they are missing. */
    static Path directory(Path path) throws IOException {
        return Files.isDirectory(path) ? path : Files.createDirectories(path, permissions("rwx------"));
    }

    /** Makes durable which files a directory has. */
    static void sync(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    static FileAttribute<Set<PosixFilePermission>> permissions(String text) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(text));
    }
}
