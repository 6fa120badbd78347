package dev.jeton.bootstrap.config;

import picocli.CommandLine.Option;

/** The {@code --help} option that every command has. Filled in by picocli. */
public final class HelpOption {
    @Option(names = "--help", usageHelp = true, description = "Show this help and exit.")
    private boolean help;
}
