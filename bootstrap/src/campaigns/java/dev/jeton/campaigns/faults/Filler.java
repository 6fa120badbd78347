package dev.jeton.campaigns.faults;

import dev.jeton.bootstrap.support.Store;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file that leaves a PostgreSQL no room. */
final class Filler {
    private static final int CHUNK = 4096;

    private final Store store;
    private final Path file;

    private Filler(Store store) {
        this.store = store;
        file = store.directory().resolve("filler");
    }

    static Filler fill(Store store) throws IOException {
        Filler filler = new Filler(store);
        filler.write();
        return filler;
    }

    /** A PostgreSQL that has given up meanwhile is started again. */
    void remove() throws IOException {
        Files.delete(file);
        if (!store.isRunning()) {
            store.restart();
        }
    }

    private void write() throws IOException {
        byte[] nothing = new byte[CHUNK];
        try (OutputStream out = Files.newOutputStream(file)) {
            while (true) {
                out.write(nothing);
            }
        } catch (IOException full) {
            if (Files.getFileStore(file).getUsableSpace() >= CHUNK) {
                throw full;
            }
        }
    }
}
