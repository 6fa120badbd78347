package dev.jeton.bootstrap.config;

import static picocli.CommandLine.Model.UsageMessageSpec.SECTION_KEY_OPTION_LIST;
import static picocli.CommandLine.Model.UsageMessageSpec.SECTION_KEY_OPTION_LIST_HEADING;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Builds the command line, which collects all errors instead of stopping at the first, and describes its options. */
public final class Commands {
    private Commands() {}

    /** @param subcommands by name; {@code main} runs if none is given */
    public static CommandLine of(Object main, Map<String, Object> subcommands) {
        CommandLine root = new CommandLine(main);
        subcommands.forEach(root::addSubcommand);
        // Otherwise picocli reads further arguments from a file for an argument that begins with @.
        root.setExpandAtFiles(false);
        root.setAllowSubcommandsAsOptionParameters(true);
        root.registerConverter(Path.class, new Converters.File());
        withSubcommands(root).forEach(command -> prepare(command.getCommandSpec()));
        return root;
    }

    /** Returns the options of all commands that can also be set by environment variables. */
    static Stream<OptionSpec> settings(CommandLine root) {
        return withSubcommands(root)
                .flatMap(command -> command.getCommandSpec().options().stream())
                .filter(Environment::isSetting);
    }

    /** Returns the names of all subcommands. */
    public static Stream<String> names(CommandLine root) {
        return withSubcommands(root).flatMap(command -> command.getSubcommands().keySet().stream());
    }

    private static Stream<CommandLine> withSubcommands(CommandLine command) {
        return Stream.concat(
                command.getSubcommands().values().stream().flatMap(Commands::withSubcommands), Stream.of(command));
    }

    /** Returns the settings in effect, written as command-line options. It cannot leak the database password, which has no option. */
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
        command.usageMessage().commandListHeading("%nCommands:%n");
        command.usageMessage().sectionMap().remove(SECTION_KEY_OPTION_LIST_HEADING);
        command.usageMessage().sectionMap().put(SECTION_KEY_OPTION_LIST, OptionList::render);
    }
}
