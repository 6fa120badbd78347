package dev.jeton.bootstrap.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Sets options from environment variables: {@code JETON_DATA_DIR} sets {@code --data-dir}. Blank variables are ignored, and so is one line
 * end after a value, which reading it from a file often leaves. Immutable.
 */
public final class Environment {
    /** Has no option, because other users of the machine can read command lines. */
    static final String PASSWORD = "JETON_DB_PASSWORD";

    private static final String PREFIX = "JETON_";

    private final Map<String, String> variables;

    /** @param variables the whole environment of the process */
    public Environment(Map<String, String> variables) {
        this.variables = new TreeMap<>(variables);
        this.variables.values().removeIf(String::isBlank);
        this.variables.replaceAll((name, value) -> value.replaceFirst("(\r\n|\n|\r)\\z", ""));
    }

    /**
     * Appends an option for each variable whose option is not among the arguments. Picocli's default values would not do, because picocli
     * stops at the first invalid one.
     */
    public String[] complete(CommandLine root, String... arguments) {
        List<CommandLine> parsed = root.parseArgs(arguments).asCommandLineList();
        CommandLine command = parsed.get(parsed.size() - 1);
        List<String> completed = new ArrayList<>(List.of(arguments));
        for (OptionSpec option : command.getCommandSpec().options()) {
            String name = option.longestName();
            String value = variables.get(variable(name));
            if (value != null && isSetting(option) && !isGiven(name, List.of(arguments))) {
                completed.add(name + "=" + value);
            }
        }
        return completed.toArray(String[]::new);
    }

    /** Whether the variable of this option has this value. */
    boolean gives(String option, String value) {
        return value.equals(variables.get(variable(option)));
    }

    Optional<String> password() {
        return Optional.ofNullable(variables.get(PASSWORD));
    }

    static String variable(String option) {
        return PREFIX + option.replaceFirst("^-+", "").replace('-', '_').toUpperCase(Locale.ROOT);
    }

    /** Whether the option is a setting, and not {@code --help} or {@code --version}. */
    static boolean isSetting(OptionSpec option) {
        return !option.usageHelp() && !option.versionHelp();
    }

    /** Returns an error for each unknown variable that begins with {@code JETON_}. */
    List<String> errors(CommandLine root) {
        Set<String> known = Stream.concat(
                        Stream.of(PASSWORD), Commands.settings(root).map(option -> variable(option.longestName())))
                .collect(Collectors.toCollection(TreeSet::new));
        return variables.keySet().stream()
                .filter(name -> name.startsWith(PREFIX) && !known.contains(name))
                .map(name -> "Unknown environment variable " + name
                        + Suggestions.closest(name, known)
                                .map(": did you mean %s?"::formatted)
                                .orElse(""))
                .toList();
    }

    private static boolean isGiven(String option, List<String> arguments) {
        return arguments.stream().anyMatch(argument -> argument.equals(option) || argument.startsWith(option + "="));
    }
}
