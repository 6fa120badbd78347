package dev.jeton.bootstrap.docs;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** A bash that runs blocks one after another, as a reader pastes them. Not thread-safe. */
final class Shell implements AutoCloseable {
    private static final String DONE = "-- done: ";
    private static final long PATIENCE_SECONDS = 60;

    private final Path scripts;
    private final Process bash;
    private final Writer in;
    private final BufferedReader out;
    private final ScheduledExecutorService watchdog = Executors.newSingleThreadScheduledExecutor();
    private int blocks;

    /**
     * The result of a block.
     *
     * @param output both streams, interleaved
     */
    record Result(int exitStatus, String output) {}

    Shell(ProcessBuilder environment, Path scripts) throws IOException {
        this.scripts = scripts;
        bash = environment
                .command("bash", "--noprofile", "--norc")
                .redirectErrorStream(true)
                .start();
        in = new OutputStreamWriter(bash.getOutputStream(), StandardCharsets.UTF_8);
        out = bash.inputReader(StandardCharsets.UTF_8);
        watchdog.schedule(this::kill, PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /** Runs the block to its end. Its variables and functions remain defined. */
    Result run(String block) throws IOException {
        Path script = Files.writeString(scripts.resolve("block-%d.sh".formatted(++blocks)), block + "\n");
        in.write("source '%s' < /dev/null; echo; echo '%s'$?\n".formatted(script, DONE));
        in.flush();
        StringBuilder output = new StringBuilder();
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith(DONE)) {
                return new Result(Integer.parseInt(line.substring(DONE.length())), output.toString());
            }
            output.append(line).append('\n');
        }
        throw new AssertionError("The shell ended, or was killed after a minute, in:\n" + block + "\n" + output);
    }

    @Override
    public void close() {
        watchdog.shutdownNow();
        kill();
    }

    private void kill() {
        bash.descendants().forEach(ProcessHandle::destroy);
        bash.destroyForcibly();
    }
}
