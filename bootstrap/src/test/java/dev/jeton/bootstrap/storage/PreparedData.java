package dev.jeton.bootstrap.storage;

import dev.jeton.bootstrap.support.FileTree;
import dev.jeton.bootstrap.support.JetonProcess;
import dev.jeton.jdbi.DatabaseSettings;
import dev.jeton.jdbi.SchemaMigrator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Prepares data directories for a fast first start: unpacks PostgreSQL's programs (3 s), initialises its cluster (1 s) and migrates the schema
 * (1 s). Thread-safe, also across processes.
 */
public final class PreparedData {
    private static final Path TEMPLATE = JetonProcess.TARGET.resolve("prepared-data");

    private PreparedData() {}

    /** Adds the programs, and a migrated cluster without data if the directory has none. */
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

    /** Created once per build, because its schema is this build's. */
    private static synchronized DataDirectory template() throws IOException {
        DataDirectory template = DataDirectory.open(TEMPLATE);
        try (FileChannel channel = FileChannel.open(
                        TEMPLATE.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var lock = channel.lock()) {
            if (!isUpToDate(template)) {
                if (EmbeddedDatabase.exists(template)) {
                    FileTree.delete(template.cluster());
                }
                DataDirectory draft = DataDirectory.open(TEMPLATE.resolve("draft"));
                FileTree.delete(draft.path());
                draft = DataDirectory.open(draft.path());
                PostgresBinaries.unpackInto(template.binaries());
                Files.createSymbolicLink(draft.binaries(), template.binaries());
                try (EmbeddedDatabase database = EmbeddedDatabase.start(draft, 10)) {
                    Login login = database.login();
                    new SchemaMigrator(DatabaseSettings.of(login.url(), login.user(), login.password())).migrate();
                }
                Files.move(draft.databasePassword(), template.databasePassword(), StandardCopyOption.REPLACE_EXISTING);
                Files.move(draft.cluster(), template.cluster(), StandardCopyOption.ATOMIC_MOVE);
            }
        }
        return template;
    }

    private static boolean isUpToDate(DataDirectory template) throws IOException {
        return EmbeddedDatabase.exists(template)
                && Files.getLastModifiedTime(template.databasePassword())
                                .compareTo(Files.getLastModifiedTime(JetonProcess.JAR))
                        >= 0;
    }
}
