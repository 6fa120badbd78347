package dev.jeton.bootstrap.config;

import java.lang.reflect.Field;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi.Text;
import picocli.CommandLine.Help.Column;
import picocli.CommandLine.Help.TextTable;
import picocli.CommandLine.Model.OptionSpec;

/** Renders the options for {@code --help}: by group, each with its default and environment variable. */
final class OptionList {
    private static final String COMMAND_SPECIFIC = "Options";
    private static final String NOT_SETTINGS = "Other";
    private static final int INDENT = 2;
    /** Space before a name, and between a name and its description. */
    private static final int MARGINS = 4;

    private OptionList() {}

    static String render(Help help) {
        List<OptionSpec> options = help.commandSpec().options();
        int nameWidth = MARGINS
                + options.stream()
                        .mapToInt(option -> name(help, option).plainString().length())
                        .max()
                        .orElse(0);
        Map<String, List<OptionSpec>> groups = options.stream()
                .sorted(Comparator.comparingInt(OptionList::rank))
                .collect(Collectors.groupingBy(OptionList::group, LinkedHashMap::new, Collectors.toList()));
        StringBuilder text = new StringBuilder();
        groups.forEach((group, members) -> {
            int width = help.commandSpec().usageMessage().width();
            TextTable table = TextTable.forColumns(
                    help.colorScheme(),
                    new Column(nameWidth, INDENT, Column.Overflow.SPAN),
                    new Column(width - nameWidth, 0, Column.Overflow.WRAP));
            table.indentWrappedLines = 0;
            for (OptionSpec option : members) {
                table.addRowValues(name(help, option), help.colorScheme().text(option.description()[0]));
                if (Environment.isSetting(option)) {
                    table.addRowValues("", defaultAndVariable(option));
                }
            }
            text.append(String.format("%n%s:%n%s", group, table));
        });
        return text.toString();
    }

    private static Text name(Help help, OptionSpec option) {
        return help.colorScheme()
                .optionText(option.longestName())
                .concat(help.parameterLabelRenderer()
                        .renderParameterLabel(
                                option, help.ansi(), help.colorScheme().optionParamStyles()));
    }

    private static String group(OptionSpec option) {
        if (!Environment.isSetting(option)) {
            return NOT_SETTINGS;
        }
        Class<?> declaringClass = ((Field) option.userObject()).getDeclaringClass();
        OptionGroup group = declaringClass.getAnnotation(OptionGroup.class);
        return group == null ? COMMAND_SPECIFIC : group.value();
    }

    /** Orders a command's own options first, and help and version last. */
    private static int rank(OptionSpec option) {
        return switch (group(option)) {
            case COMMAND_SPECIFIC -> 0;
            case NOT_SETTINGS -> 2;
            default -> 1;
        };
    }

    private static String defaultAndVariable(OptionSpec option) {
        String defaultValue = option.defaultValue() == null || option.arity().max() == 0
                ? ""
                : "default " + option.defaultValue() + "; ";
        return "[" + defaultValue + Environment.variable(option.longestName()) + "]";
    }
}
