package dev.jeton.bootstrap;

import dev.jeton.bootstrap.config.Commands;
import dev.jeton.bootstrap.config.Config;
import dev.jeton.bootstrap.config.Environment;
import dev.jeton.bootstrap.config.InvalidConfig;
import dev.jeton.bootstrap.config.SecretKeyOptions;
import dev.jeton.bootstrap.config.ServerOptions;
import dev.jeton.bootstrap.config.StorageOptions;
import dev.jeton.bootstrap.config.TlsOptions;
import dev.jeton.bootstrap.log.Logging;
import java.util.Map;
import java.util.Optional;
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

/** The program: serves until it is told to stop. */
@Command(
        name = "jeton",
        versionProvider = Jeton.Version.class,
        sortOptions = false,
        abbreviateSynopsis = true,
        usageHelpAutoWidth = true,
        description = "Serves Jeton, a multi-tenant API-token service, over gRPC.",
        footer = {
            "",
            "TIME is a number with ms, s, m, h or d; SIZE is a number of bytes, or one with KiB or MiB.",
            "Every option can be given as the environment variable beside it; the command line wins."
        })
public final class Jeton implements Callable<Integer> {
    private static final Logger log = LoggerFactory.getLogger(Jeton.class);

    private final Environment environment;

    @Spec
    private CommandSpec spec;

    @Mixin
    private ServerOptions server;

    @Mixin
    private TlsOptions tls;

    @Mixin
    private StorageOptions storage;

    @Mixin
    private SecretKeyOptions secretKeys;

    @Option(names = "--help", usageHelp = true, description = "Show this and exit.")
    private boolean help;

    @Option(names = "--version", versionHelp = true, description = "Show the version and exit.")
    private boolean version;

    private Jeton(Environment environment) {
        this.environment = environment;
    }

    public static void main(String[] args) {
        Logging.prepare();
        Environment environment = new Environment(System.getenv());
        CommandLine commandLine = commandLine(environment);
        System.exit(commandLine.execute(environment.complete(commandLine, args)));
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
        log.info("Jeton {} starts with {}", new Version().getVersion()[0], Commands.describe(spec));
        Lifecycle lifecycle = new Lifecycle();
        Thread stop = stopper(lifecycle);
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

    /** @throws InvalidConfig if there are faults on the command line or in the environment */
    Config config() {
        return Config.of(spec.commandLine().getParseResult(), environment, storage, secretKeys, server, tls);
    }

    /** What runs when the process is told to stop. Stopping as asked is a success, which the JVM by itself would not say. */
    private static Thread stopper(Lifecycle lifecycle) {
        return new Thread(
                () -> {
                    log.info("Jeton stops");
                    lifecycle.close();
                    log.info("Jeton has stopped");
                    Runtime.getRuntime().halt(CommandLine.ExitCode.OK);
                },
                "jeton-stop");
    }

    private static int report(Exception failure, CommandLine command) {
        if (failure instanceof InvalidConfig invalid) {
            invalid.faults().forEach(command.getErr()::println);
            command.getErr().println("See --help for all options.");
            return CommandLine.ExitCode.USAGE;
        }
        log.error("Jeton cannot go on: {}", Failures.oneLine(failure));
        log.debug("The cause is", failure);
        return command.getCommandSpec().exitCodeOnExecutionException();
    }

    /** The version that the build wrote into the jar. */
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
