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

/** Every option as an environment variable: {@code --data-dir} is {@code JETON_DATA_DIR}. An empty variable counts as none. Immutable. */
public final class Environment {
    /** The one setting that must not be an option, because other users of the machine can read command lines. */
    static final String PASSWORD = "JETON_DB_PASSWORD";

    private static final String PREFIX = "JETON_";

    private final Map<String, String> variables;

    /** @param variables the whole environment of the process */
    public Environment(Map<String, String> variables) {
        this.variables = new TreeMap<>(variables);
        this.variables.values().removeIf(String::isBlank);
    }

    /**
     * The arguments with an option added for each variable that there is none for among them. They are added, and not given to picocli as
     * defaults, because it stops looking at the first default that is wrong.
     */
    public String[] complete(CommandLine root, String... arguments) {
        CommandLine command = root;
        for (String argument : arguments) {
            command = command.getSubcommands().getOrDefault(argument, command);
        }
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

    /** Whether this value of this option may have come from here. */
    boolean gives(String option, String value) {
        return value.equals(variables.get(variable(option)));
    }

    Optional<String> password() {
        return Optional.ofNullable(variables.get(PASSWORD));
    }

    static String variable(String option) {
        return PREFIX + option.replaceFirst("^-+", "").replace('-', '_').toUpperCase(Locale.ROOT);
    }

    /** Whether the option says how to run, and not just asks for help. */
    static boolean isSetting(OptionSpec option) {
        return !option.usageHelp() && !option.versionHelp();
    }

    /** A fault for each variable that looks like one of Jeton's but is none. */
    List<String> faults(CommandLine root) {
        Set<String> known = Stream.concat(
                        Stream.of(PASSWORD), Commands.settings(root).map(option -> variable(option.longestName())))
                .collect(Collectors.toCollection(TreeSet::new));
        return variables.keySet().stream()
                .filter(name -> name.startsWith(PREFIX) && !known.contains(name))
                .map(name -> "Unknown environment variable " + name
                        + Spelling.closest(name, known)
                                .map(": did you mean %s?"::formatted)
                                .orElse(""))
                .toList();
    }

    private static boolean isGiven(String option, List<String> arguments) {
        return arguments.stream().anyMatch(argument -> argument.equals(option) || argument.startsWith(option + "="));
    }
}
