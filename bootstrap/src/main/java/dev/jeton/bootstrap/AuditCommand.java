package dev.jeton.bootstrap;

import dev.jeton.bootstrap.config.Environment;
import dev.jeton.bootstrap.config.HelpOption;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Groups the audit subcommands; without one of them it prints its usage. */
@Command(
        name = AuditCommand.NAME,
        usageHelpAutoWidth = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "Checks the audit trail for tampering.")
final class AuditCommand implements Callable<Integer> {
    static final String NAME = "audit";

    @Spec
    private CommandSpec spec;

    @Mixin
    private HelpOption help;

    static CommandLine with(Environment environment) {
        return new CommandLine(new AuditCommand())
                .addSubcommand(AuditVerify.NAME, new AuditVerify(environment))
                .addSubcommand(AuditCheckpoint.NAME, new AuditCheckpoint(environment));
    }

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getErr());
        return CommandLine.ExitCode.USAGE;
    }
}
