package dev.jeton.campaigns.faults;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A small file system that can be filled up. Requires permission to mount. */
final class SmallDisk implements AutoCloseable {
    private static final String OPTIONS = "size=400m,mode=700";
    private static final int BLOCK = 4096;

    private final Path path;

    private SmallDisk(Path path) {
        this.path = path;
    }

    /** Empty if this process may not mount. */
    static Optional<SmallDisk> mount(Path path) throws IOException {
        Files.createDirectories(path);
        return run("mount", "-t", "tmpfs", "-o", OPTIONS, "jeton-small-disk", path.toString())
                ? Optional.of(new SmallDisk(path))
                : Optional.empty();
    }

    /** Fills the file system of this directory with a file, which it returns. */
    static Path fill(Path directory) throws IOException {
        Path file = directory.resolve("filler");
        try (OutputStream out = Files.newOutputStream(file)) {
            while (true) {
                out.write(new byte[BLOCK]);
            }
        } catch (IOException full) {
            if (Files.getFileStore(file).getUsableSpace() >= BLOCK) {
                throw full;
            }
        }
        return file;
    }

    Path path() {
        return path;
    }

    /** Retries while exiting processes still use it. */
    @Override
    public void close() throws IOException, InterruptedException {
        if (!Clients.await(() -> run("umount", path.toString()))) {
            throw new IOException(path + " cannot be unmounted");
        }
    }

    private static boolean run(String... command) {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException noSuchProgram) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
