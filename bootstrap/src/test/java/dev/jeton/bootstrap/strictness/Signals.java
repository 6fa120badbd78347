package dev.jeton.bootstrap.strictness;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Sends signals that Java has no name for. */
public final class Signals {

    private Signals() {}

    /** Returns when all of them have it; whoever has ended meanwhile needs none. */
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
