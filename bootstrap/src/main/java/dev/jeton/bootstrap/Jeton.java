package dev.jeton.bootstrap;

import dev.jeton.bootstrap.config.Commands;
import dev.jeton.bootstrap.config.Config;
import dev.jeton.bootstrap.config.Environment;
import dev.jeton.bootstrap.config.HelpOption;
import dev.jeton.bootstrap.config.InvalidConfig;
import dev.jeton.bootstrap.config.ServerOptions;
import dev.jeton.bootstrap.log.Logging;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TimeZone;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The main command: starts the server and runs it until the process is asked to stop. */
@Command(
        name = "jeton",
        versionProvider = Jeton.Version.class,
        sortOptions = false,
        abbreviateSynopsis = true,
        usageHelpAutoWidth = true,
        description = "Runs Jeton, a multi-tenant API token service, over gRPC.",
        footer = {
            "",
            "TIME is a number followed by ms, s, m, h or d, at most 3650d.",
            "SIZE is a number of bytes, or a number followed by KiB or MiB, below 2048MiB.",
            "N is a whole number from 1 to 1000000.",
            "Each option can also be set by the environment variable shown with it; the command line takes precedence."
        })
public final class Jeton implements Callable<Integer> {
    private static final Logger log = LoggerFactory.getLogger(Jeton.class);

    private final Environment environment;

    @Spec
    private CommandSpec spec;

    @Mixin
    private ServerOptions options;

    @Mixin
    private HelpOption help;

    @Option(names = "--version", versionHelp = true, description = "Show the version and exit.")
    private boolean version;

    private Jeton(Environment environment) {
        this.environment = environment;
    }

    public static void main(String[] args) {
        ignoreHostSettings();
        Logging.prepare();
        Environment environment = new Environment(System.getenv());
        CommandLine commandLine = commandLine(environment);
        System.exit(commandLine.execute(environment.complete(commandLine, args)));
    }

    /** Jeton's own code does not use them, but libraries do, such as the JDBC driver for its messages. */
    private static void ignoreHostSettings() {
        Locale.setDefault(Locale.ROOT);
        TimeZone.setDefault(TimeZone.getTimeZone(ZoneOffset.UTC));
    }

    static CommandLine commandLine(Environment environment) {
        return Commands.of(
                        new Jeton(environment),
                        Map.of(
                                OperatorToken.NAME,
                                new OperatorToken(environment),
                                AuditCommand.NAME,
                                AuditCommand.with(environment)))
                .setExecutionExceptionHandler((failure, command, parsed) -> report(failure, command));
    }

    @Override
    public Integer call() throws InterruptedException {
        Config config = config();
        log.info("Starting Jeton {} with {}", new Version().getVersion()[0], Commands.describe(spec));
        Lifecycle lifecycle = new Lifecycle();
        Thread stop = shutdownHook(lifecycle);
        Runtime.getRuntime().addShutdownHook(stop);
        try {
            System.out.println("Jeton is serving on " + Server.start(config, lifecycle));
            new CountDownLatch(1).await();
        } catch (RuntimeException failure) {
            if (lifecycle.isClosed()) {
                log.debug("Stopped while starting", failure);
            } else {
                Runtime.getRuntime().removeShutdownHook(stop);
                lifecycle.close();
                throw failure;
            }
        }
        return CommandLine.ExitCode.OK;
    }

    /** @throws InvalidConfig listing all errors of the command line and the environment */
    Config config() {
        return Config.of(spec.commandLine().getParseResult(), environment, options);
    }

    /** Stops the server and exits with code 0; otherwise the JVM would exit with the signal's code. */
    private static Thread shutdownHook(Lifecycle lifecycle) {
        return new Thread(
                () -> {
                    log.info("Stopping Jeton");
                    lifecycle.close();
                    log.info("Jeton stopped");
                    Runtime.getRuntime().halt(CommandLine.ExitCode.OK);
                },
                "jeton-stop");
    }

    private static int report(Exception failure, CommandLine command) {
        if (failure instanceof InvalidConfig invalid) {
            invalid.errors().stream().map(ErrorText::withoutClassNames).forEach(command.getErr()::println);
            command.getErr().println("Run with --help to list all options.");
            return CommandLine.ExitCode.USAGE;
        }
        CommandSpec spec = command.getCommandSpec();
        log.error(
                "{}: {}",
                spec.parent() == null ? "Jeton failed to start" : spec.qualifiedName() + " failed",
                ErrorText.of(failure));
        log.debug("Cause", failure);
        return spec.exitCodeOnExecutionException();
    }

    /** Reads the version from the jar's manifest. */
    static final class Version implements IVersionProvider {

        @Override
        public String[] getVersion() {
            return new String[] {
                Optional.ofNullable(Jeton.class.getPackage().getImplementationVersion())
                        .orElse("(not packaged)")
            };
        }
    }
}
