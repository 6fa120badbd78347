package dev.jeton.campaigns.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A small file system, mounted where only whoever may mount can. */
final class SmallDisk implements AutoCloseable {
    private static final String SIZE = "size=400m,mode=700";

    private static final int ATTEMPTS = 100;
    private static final long PAUSE_MILLIS = 100;

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

    /** What has used it may take a moment to let go of it. */
    @Override
    public void close() throws IOException, InterruptedException {
        for (int attempt = 1; !run("umount", path.toString()); attempt++) {
            if (attempt == ATTEMPTS) {
                throw new IOException(path + " cannot be unmounted");
            }
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
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
