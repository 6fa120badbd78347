package dev.jeton.benchmark;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * A Java program in a process of its own that is talked to by lines. However the benchmark ends, the process ends with it, unless the
 * benchmark is killed outright. Not thread-safe.
 */
final class JavaProcess implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 90;
    private static final int LOG_LINES = 50;

    private final Process process;
    private final BufferedReader output;
    private final Deque<String> log = new ArrayDeque<>();
    private final Thread end;

    private JavaProcess(Process process) {
        this.process = process;
        output = process.inputReader(StandardCharsets.UTF_8);
        end = new Thread(process::destroy);
        try {
            Runtime.getRuntime().addShutdownHook(end);
        } catch (IllegalStateException endingAlready) {
            process.destroy();
            throw endingAlready;
        }
        Thread reader = new Thread(this::readLog);
        reader.setDaemon(true);
        reader.start();
    }

    /** @param arguments of the java command */
    static JavaProcess start(List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> name.startsWith("JETON_"));
        try {
            return new JavaProcess(builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One of the benchmark's own programs, from its own class path. */
    static JavaProcess start(Class<?> program, List<String> jvmOptions, List<String> arguments) {
        List<String> all = new ArrayList<>(jvmOptions);
        all.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
        all.addAll(arguments);
        return start(all);
    }

    /** Writes lines to its standard input. */
    void say(List<String> lines) {
        try {
            process.outputWriter(StandardCharsets.UTF_8)
                    .append(lines.stream().collect(Collectors.joining("\n", "", "\n")))
                    .flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits for the next line that begins so, and answers with the rest of it. */
    String await(String beginning) {
        try {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                if (line.startsWith(beginning)) {
                    return line.substring(beginning.length());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new IllegalStateException("A process ended before it said \"" + beginning + "\"; its log:\n" + log());
    }

    ProcessHandle handle() {
        return process.toHandle();
    }

    /** Asks it to end, and waits until it has. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        try {
            Runtime.getRuntime().removeShutdownHook(end);
        } catch (IllegalStateException endingAnyway) {
            return;
        }
    }

    private String log() {
        synchronized (log) {
            return String.join("\n", log);
        }
    }

    private void readLog() {
        try (BufferedReader text =
                new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8))) {
            for (String line = text.readLine(); line != null; line = text.readLine()) {
                synchronized (log) {
                    log.add(line);
                    if (log.size() > LOG_LINES) {
                        log.remove();
                    }
                }
            }
        } catch (IOException e) {
            synchronized (log) {
                log.add("(unreadable: " + e + ")");
            }
        }
    }
}
