package dev.jeton.bootstrap.support;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A Java program in its own process. Its output is read line by line. It ends with this JVM, unless this JVM is killed. Thread-safe.
 */
public final class JavaProcess implements AutoCloseable {
    private static final long TIMEOUT_SECONDS = 90;

    private final Process process;
    private final Lines output;
    private final Lines log;
    private final Thread atExit;

    private JavaProcess(Process process, Consumer<String> onOutput, Consumer<String> onLog) {
        this.process = process;
        output = new Lines(process.getInputStream(), onOutput);
        log = new Lines(process.getErrorStream(), onLog);
        atExit = new Thread(process::destroy);
        try {
            Runtime.getRuntime().addShutdownHook(atExit);
        } catch (IllegalStateException exiting) {
            process.destroy();
            throw exiting;
        }
    }

    /** @param arguments of the java command */
    public static JavaProcess start(List<String> arguments) {
        return start(arguments, line -> {}, line -> {});
    }

    /**
     * @param arguments of the java command
     * @param onOutput receives each line of its standard output
     * @param onLog receives each line of its standard error
     */
    public static JavaProcess start(List<String> arguments, Consumer<String> onOutput, Consumer<String> onLog) {
        return start(arguments, Map.of(), onOutput, onLog);
    }

    /**
     * @param arguments of the java command
     * @param environment variables to add
     * @param onOutput receives each line of its standard output
     * @param onLog receives each line of its standard error
     */
    public static JavaProcess start(
            List<String> arguments,
            Map<String, String> environment,
            Consumer<String> onOutput,
            Consumer<String> onLog) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> name.startsWith("JETON_"));
        builder.environment().putAll(environment);
        try {
            return new JavaProcess(builder.start(), onOutput, onLog);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts another program from the class path of this one. */
    public static JavaProcess start(Class<?> program, List<String> jvmOptions, String... arguments) {
        List<String> all = new ArrayList<>(jvmOptions);
        all.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
        all.addAll(List.of(arguments));
        return start(all);
    }

    /** Writes lines to its standard input. */
    public void say(List<String> lines) {
        try {
            process.outputWriter(StandardCharsets.UTF_8)
                    .append(String.join("\n", lines) + "\n")
                    .flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits up to 90 s for the next output line with this prefix, and returns the rest of the line. */
    public String await(String beginning) {
        return await(beginning, Duration.ofSeconds(TIMEOUT_SECONDS));
    }

    /** Waits for the next output line with this prefix, and returns the rest of the line. */
    public String await(String beginning, Duration timeout) {
        return output.await(beginning, timeout, () -> "; its log:\n" + log());
    }

    /** The lines on its standard output so far. */
    public String output() {
        return output.toString();
    }

    /** The lines on its standard error so far. */
    public String log() {
        return log.toString();
    }

    public ProcessHandle handle() {
        return process.toHandle();
    }

    /** Sends SIGKILL and waits until the process is dead. */
    public void kill() {
        process.destroyForcibly();
        exitStatus();
    }

    /** Sends SIGTERM, waits and returns the exit status. */
    public int terminate() {
        process.destroy();
        return exitStatus();
    }

    /** Waits up to 90 s for the process to exit. */
    public int exitStatus() {
        try {
            if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("The process did not exit; its log:\n" + log());
            }
            output.join();
            log.join();
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** Sends SIGTERM and waits; kills the process after 90 s. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException exiting) {
            // The hook is running; it has nothing left to do.
            return;
        }
    }

    /** The lines of a stream, read by a separate thread. */
    private static final class Lines {
        private final List<String> lines = new ArrayList<>();
        private final Consumer<String> onLine;
        private final Thread reader;
        private int next;
        private boolean ended;

        Lines(InputStream stream, Consumer<String> onLine) {
            this.onLine = onLine;
            reader = new Thread(() -> read(stream));
            reader.setDaemon(true);
            reader.start();
        }

        synchronized String await(String beginning, Duration timeout, Supplier<String> context) {
            long deadline = System.nanoTime() + timeout.toNanos();
            while (true) {
                while (next < lines.size()) {
                    String line = lines.get(next++);
                    if (line.startsWith(beginning)) {
                        return line.substring(beginning.length());
                    }
                }
                long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                if (ended || left <= 0) {
                    throw new AssertionError("The process did not print \"" + beginning + "\"" + context.get());
                }
                try {
                    wait(left);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new AssertionError(e);
                }
            }
        }

        void join() throws InterruptedException {
            reader.join();
        }

        private void read(InputStream stream) {
            try (BufferedReader text = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
                for (String line = text.readLine(); line != null; line = text.readLine()) {
                    onLine.accept(line);
                    add(line, false);
                }
            } catch (IOException e) {
                add("(unreadable: " + e + ")", false);
            } finally {
                add("", true);
            }
        }

        private synchronized void add(String line, boolean end) {
            if (end) {
                ended = true;
            } else {
                lines.add(line);
            }
            notifyAll();
        }

        @Override
        public synchronized String toString() {
            return String.join("\n", lines);
        }
    }
}
