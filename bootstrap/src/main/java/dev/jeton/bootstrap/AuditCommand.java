package dev.jeton.bootstrap;

import dev.jeton.bootstrap.config.Environment;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What can be done about the audit trail on the machine itself; does nothing without a subcommand. */
@Command(
        name = AuditCommand.NAME,
        usageHelpAutoWidth = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "Shows whether the audit trail is as it was written.")
final class AuditCommand implements Callable<Integer> {
    static final String NAME = "audit";

    @Spec
    private CommandSpec spec;

    @Option(names = "--help", usageHelp = true, description = "Show this and exit.")
    private boolean help;

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
