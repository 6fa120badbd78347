package dev.jeton.bootstrap.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The command line as a whole: faults are gathered, and the help names the environment variable of each option. */
public final class Commands {
    private Commands() {}

    /** @param subcommands by name; without one of them it is {@code main} that runs */
    public static CommandLine of(Object main, Map<String, Object> subcommands) {
        CommandLine root = new CommandLine(main);
        subcommands.forEach(root::addSubcommand);
        // An argument that begins with @ is an argument, and not the name of a file with more of them.
        root.setExpandAtFiles(false);
        withSubcommands(root).forEach(command -> prepare(command.getCommandSpec()));
        return root;
    }

    /** The options of all commands that say how to run. */
    static Stream<OptionSpec> settings(CommandLine root) {
        return withSubcommands(root)
                .flatMap(command -> command.getCommandSpec().options().stream())
                .filter(Environment::isSetting);
    }

    /** The names of all subcommands. */
    static Stream<String> names(CommandLine root) {
        return withSubcommands(root).flatMap(command -> command.getSubcommands().keySet().stream());
    }

    private static Stream<CommandLine> withSubcommands(CommandLine command) {
        return Stream.concat(
                command.getSubcommands().values().stream().flatMap(Commands::withSubcommands), Stream.of(command));
    }

    /** How the command runs, as one could have written it on the command line; passwords are no options. */
    public static String describe(CommandSpec command) {
        return command.options().stream()
                .filter(Environment::isSetting)
                .flatMap(option -> value(option).map(value -> option.longestName() + "=" + value).stream())
                .collect(Collectors.joining(" "));
    }

    private static Optional<String> value(OptionSpec option) {
        return option.stringValues().stream().findFirst().or(() -> Optional.ofNullable(option.defaultValue()));
    }

    private static void prepare(CommandSpec command) {
        command.parser().collectErrors(true);
        for (OptionSpec option : List.copyOf(command.options())) {
            if (Environment.isSetting(option)) {
                command.remove(option);
                command.addOption(
                        OptionSpec.builder(option).description(explain(option)).build());
            }
        }
    }

    private static String explain(OptionSpec option) {
        String usual = option.defaultValue() == null || option.arity().max() == 0
                ? ""
                : "default " + option.defaultValue() + "; ";
        return option.description()[0] + " [" + usual + Environment.variable(option.longestName()) + "]";
    }
}
