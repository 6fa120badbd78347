package dev.jeton.bootstrap;

import dev.jeton.application.audit.AuditChainUseCases;
import dev.jeton.bootstrap.config.Environment;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Prints the current head of every audit chain. Kept out of the database's reach, it reveals a chain rewritten later. */
@Command(
        name = AuditCheckpoint.NAME,
        exitCodeOnExecutionException = CommandLine.ExitCode.USAGE,
        description =
                "Prints one line per audit chain: tenant, number of events, last hash. Store it away from the database.")
final class AuditCheckpoint extends DatabaseCommand {
    static final String NAME = "checkpoint";

    AuditCheckpoint(Environment environment) {
        super(environment);
    }

    @Override
    public Integer call() {
        return withDatabase(storage(), database -> {
            new AuditChainUseCases(database.auditChains())
                    .checkpoints()
                    .forEach(checkpoint -> System.out.println(CheckpointFile.line(checkpoint)));
            return CommandLine.ExitCode.OK;
        });
    }
}
