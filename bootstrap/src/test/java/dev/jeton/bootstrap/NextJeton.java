package dev.jeton.bootstrap;

import dev.jeton.bootstrap.config.Environment;
import dev.jeton.bootstrap.config.Storage;
import dev.jeton.bootstrap.log.Logging;
import dev.jeton.jdbi.SchemaMigrator;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;

/**
 * A later version of the server, with additional migrations, on an external database. {@code --next} names the directory of the migrations
 * on the class path.
 */
public final class NextJeton {
    private static final String NEXT = "--next=";
    private static final String NEWEST_VERSION = "1001";

    private NextJeton() {}

    /** @param arguments the server's options, and {@code --next} */
    public static void main(String[] arguments) {
        Logging.prepare();
        List<String> own = new ArrayList<>();
        String next = "";
        for (String argument : arguments) {
            if (argument.startsWith(NEXT)) {
                next = argument.substring(NEXT.length());
            } else {
                own.add(argument);
            }
        }
        CommandLine commandLine = Jeton.commandLine(new Environment(Map.of()));
        commandLine.parseArgs(own.toArray(String[]::new));
        Storage.External storage =
                (Storage.External) commandLine.<Jeton>getCommand().config().storage();
        new SchemaMigrator(
                        storage.limits().at(storage.login()),
                        NEWEST_VERSION,
                        "classpath:db/migration",
                        "classpath:" + next)
                .migrate();
        Jeton.main(own.toArray(String[]::new));
    }
}
