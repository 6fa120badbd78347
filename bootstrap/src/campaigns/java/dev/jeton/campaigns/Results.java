package dev.jeton.campaigns;

import dev.jeton.bootstrap.support.JetonProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;

/** Writes the results of the campaigns to a table in {@code target/campaigns.md}, which {@code .ci/long} prints at its end. */
public final class Results {
    private static final Path FILE = JetonProcess.TARGET.resolve("campaigns.md");

    private Results() {}

    /**
     * Adds a row and prints it.
     *
     * @param promise such as G2
     * @param figure the result, in one line
     */
    public static synchronized void add(String promise, String campaign, String figure) {
        String row = "| %s | %s, %s | %s |%n"
                .formatted(promise, campaign, Form.current().name().toLowerCase(Locale.ROOT), figure);
        System.out.print(row);
        try {
            Files.writeString(FILE, row, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
