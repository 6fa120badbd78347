package dev.jeton.bootstrap.support;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Sends signals that Java cannot send. */
public final class Signals {

    private Signals() {}

    /** The postmaster on this data directory and the processes it started. */
    public static ProcessHandle[] postgres(Path dataDirectory) throws IOException {
        String pid = Files.readAllLines(dataDirectory.resolve("postgres/postmaster.pid"))
                .get(0)
                .strip();
        return ProcessHandle.of(Long.parseLong(pid)).stream()
                .flatMap(postmaster -> Stream.concat(Stream.of(postmaster), postmaster.descendants()))
                .toArray(ProcessHandle[]::new);
    }

    /** Sends the signal to all processes and returns when they have received it; skips ended processes. */
    public static void send(String signal, ProcessHandle... processes) {
        List<String> command = new ArrayList<>(List.of("kill", "-" + signal));
        Arrays.stream(processes).map(ProcessHandle::pid).map(String::valueOf).forEach(command::add);
        try {
            new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
