package dev.jeton.bootstrap;

import dev.jeton.application.audit.AuditChainUseCases;
import dev.jeton.bootstrap.config.Environment;
import dev.jeton.bootstrap.config.Storage;
import dev.jeton.bootstrap.config.StorageOptions;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints what the chains are like now, to be kept where nobody who can write to the database can write to. */
@Command(
        name = AuditCheckpoint.NAME,
        sortOptions = false,
        abbreviateSynopsis = true,
        usageHelpAutoWidth = true,
        exitCodeOnExecutionException = CommandLine.ExitCode.USAGE,
        description =
                "Prints a line for each tenant's audit chain: tenant, number of events, last hash. Keep it elsewhere.")
final class AuditCheckpoint implements Callable<Integer> {
    static final String NAME = "checkpoint";

    private final Environment environment;

    @Spec
    private CommandSpec spec;

    @Mixin
    private StorageOptions options;

    @Option(names = "--help", usageHelp = true, description = "Show this and exit.")
    private boolean help;

    AuditCheckpoint(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        Storage storage = options.toStorage(spec.commandLine().getParseResult(), environment);
        try (Lifecycle lifecycle = new Lifecycle()) {
            AuditChainUseCases chaining = new AuditChainUseCases(
                    StoppedOrRunning.database(storage, lifecycle).auditChains());
            chaining.checkpoints().forEach(checkpoint -> System.out.println(CheckpointFile.line(checkpoint)));
        }
        return CommandLine.ExitCode.OK;
    }
}
