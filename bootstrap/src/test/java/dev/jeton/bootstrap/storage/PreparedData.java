package dev.jeton.bootstrap.storage;

import dev.jeton.bootstrap.support.FileTree;
import dev.jeton.bootstrap.support.JetonProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Prepares data directories for a fast first start: unpacks PostgreSQL's programs (3 s) and initialises its cluster (1 s). Thread-safe, also
 * across processes.
 */
public final class PreparedData {
    private static final Path TEMPLATE = JetonProcess.TARGET.resolve("prepared-data");

    private PreparedData() {}

    /** Adds the programs, and an empty cluster if the directory has none. */
    public static DataDirectory in(Path path) {
        DataDirectory data = unpackedIn(path);
        try {
            if (!Files.exists(data.cluster())) {
                DataDirectory template = template();
                FileTree.copy(template.cluster(), data.cluster());
                Files.copy(
                        template.databasePassword(),
                        data.databasePassword(),
                        StandardCopyOption.REPLACE_EXISTING,
                        StandardCopyOption.COPY_ATTRIBUTES);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return data;
    }

    /** Adds only the programs, for tests of the first start. */
    public static DataDirectory unpackedIn(Path path) {
        DataDirectory data = DataDirectory.open(path);
        try {
            if (!Files.exists(data.binaries())) {
                Files.createSymbolicLink(data.binaries(), template().binaries());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return data;
    }

    /** Created once per build. */
    private static synchronized DataDirectory template() throws IOException {
        DataDirectory template = DataDirectory.open(TEMPLATE);
        try (FileChannel channel = FileChannel.open(
                        TEMPLATE.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var lock = channel.lock()) {
            if (!EmbeddedDatabase.exists(template)) {
                DataDirectory draft = DataDirectory.open(TEMPLATE.resolve("draft"));
                FileTree.delete(draft.path());
                draft = DataDirectory.open(draft.path());
                PostgresBinaries.unpackInto(template.binaries());
                Files.createSymbolicLink(draft.binaries(), template.binaries());
                EmbeddedDatabase.start(draft, 10).close();
                Files.move(draft.databasePassword(), template.databasePassword(), StandardCopyOption.REPLACE_EXISTING);
                Files.move(draft.cluster(), template.cluster(), StandardCopyOption.ATOMIC_MOVE);
            }
        }
        return template;
    }
}
