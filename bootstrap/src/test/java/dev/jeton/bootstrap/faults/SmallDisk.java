package dev.jeton.bootstrap.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A small file system, mounted where only whoever may mount can. */
final class SmallDisk implements AutoCloseable {
    private static final String SIZE = "size=400m,mode=700";

    private final Path path;

    private SmallDisk(Path path) {
        this.path = path;
    }

    /** Empty if it cannot be mounted here. */
    static Optional<SmallDisk> mount(Path path) throws IOException, InterruptedException {
        Files.createDirectories(path);
        return run("mount", "-t", "tmpfs", "-o", SIZE, "jeton-small-disk", path.toString())
                ? Optional.of(new SmallDisk(path))
                : Optional.empty();
    }

    Path path() {
        return path;
    }

    @Override
    public void close() throws IOException, InterruptedException {
        if (!run("umount", path.toString())) {
            throw new IOException(path + " cannot be unmounted");
        }
    }

    private static boolean run(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException noSuchProgram) {
            return false;
        }
    }
}
