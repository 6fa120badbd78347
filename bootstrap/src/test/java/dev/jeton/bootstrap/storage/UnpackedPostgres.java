package dev.jeton.bootstrap.storage;

import dev.jeton.bootstrap.FileTree;
import dev.jeton.bootstrap.JetonProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Data directories that have PostgreSQL's programs in them already, as all have but at the very first start. To unpack them takes three
 * seconds, and tests need dozens of directories. Thread-safe.
 */
public final class UnpackedPostgres {
    private static final Path UNPACKED = JetonProcess.TARGET.resolve("unpacked-postgres");

    private UnpackedPostgres() {}

    /** Makes the directory, if it is not there yet. */
    public static synchronized DataDirectory in(Path path) {
        DataDirectory data = DataDirectory.open(path);
        try {
            PostgresBinaries.unpackInto(UNPACKED);
            if (!Files.exists(data.binaries())) {
                FileTree.copy(UNPACKED, data.binaries());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return data;
    }
}
