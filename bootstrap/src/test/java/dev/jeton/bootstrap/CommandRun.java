package dev.jeton.bootstrap;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.jeton.bootstrap.config.Environment;
import dev.jeton.bootstrap.log.Logging;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.Map;
import picocli.CommandLine;

/**
 * Runs Jeton's command line in this JVM, which takes a fraction of the two seconds that a process takes. It captures the standard streams, so
 * only one runs at a time. A server that starts successfully never returns.
 */
public record CommandRun(int exitStatus, String output, String log) {

    /** Runs it with an empty environment. */
    public static synchronized CommandRun of(String... arguments) {
        PrintStream standardOutput = System.out;
        PrintStream standardError = System.err;
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        System.setOut(new PrintStream(output, true, UTF_8));
        System.setErr(new PrintStream(log, true, UTF_8));
        try {
            Logging.prepare();
            Environment environment = new Environment(Map.of());
            CommandLine commandLine = Jeton.commandLine(environment);
            int exitStatus = commandLine.execute(environment.complete(commandLine, arguments));
            return new CommandRun(
                    exitStatus,
                    output.toString(UTF_8).stripTrailing(),
                    log.toString(UTF_8).stripTrailing());
        } finally {
            System.setOut(standardOutput);
            System.setErr(standardError);
        }
    }
}
