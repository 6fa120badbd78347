package dev.jeton.bootstrap.config;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Describes the errors that picocli and the environment found: the option or variable, its value, and what is allowed. */
final class OptionErrors {

    private OptionErrors() {}

    static List<String> of(ParseResult command, Environment environment) {
        CommandLine root = command.commandSpec().root().commandLine();
        List<String> errors = new ArrayList<>();
        for (CommandLine parsed : root.getParseResult().asCommandLineList()) {
            ParseResult result = parsed.getParseResult();
            result.errors().forEach(error -> errors.addAll(describe(error, root, environment)));
            result.matchedOptions().stream()
                    .filter(option -> option.stringValues().contains(""))
                    .forEach(option -> errors.add(option.longestName() + " is empty: leave it out or give it a value"));
            if (result.hasSubcommand()) {
                // Picocli would set the option of the other command, which does not run.
                String subcommand = result.subcommand().commandSpec().name();
                result.matchedOptions()
                        .forEach(option -> errors.add(option.longestName() + " must come after " + subcommand));
            }
        }
        errors.addAll(environment.errors(root));
        return errors;
    }

    private static List<String> describe(Exception error, CommandLine root, Environment environment) {
        if (error instanceof UnmatchedArgumentException unmatched) {
            List<String> arguments = unmatched.getUnmatched();
            List<String> options = arguments.stream()
                    .filter(argument -> argument.startsWith("-"))
                    .toList();
            // Other arguments are the values of these options.
            return (options.isEmpty() ? arguments : options)
                    .stream()
                            .map(argument -> unknown(argument, root, unmatched.getCommandLine()))
                            .toList();
        }
        if (error instanceof ParameterException wrong
                && wrong.getArgSpec() instanceof OptionSpec option
                && wrong.getCause() instanceof TypeConversionException cause) {
            String name = option.longestName();
            String given = environment.gives(name, wrong.getValue()) ? Environment.variable(name) : name;
            return List.of(given + " " + wrong.getValue() + ": " + cause.getMessage());
        }
        return List.of(String.valueOf(error.getMessage()));
    }

    private static String unknown(String argument, CommandLine root, CommandLine command) {
        String name = argument.replaceFirst("=.*", "");
        boolean isOption = name.startsWith("-");
        List<String> known = isOption
                ? Commands.settings(root).map(OptionSpec::longestName).toList()
                : Commands.names(root).toList();
        if (known.contains(name)) {
            return "%s is not %s of \"%s\"%s"
                    .formatted(
                            name,
                            isOption ? "an option" : "a command",
                            command.getCommandSpec().qualifiedName(),
                            command.getSubcommands().isEmpty() ? "" : ": put it after the subcommand");
        }
        return "Unknown option or command " + name
                + Suggestions.closest(name, known)
                        .map(": did you mean %s?"::formatted)
                        .orElse("");
    }
}
