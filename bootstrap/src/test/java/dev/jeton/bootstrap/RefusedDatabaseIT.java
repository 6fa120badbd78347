package dev.jeton.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jeton.bootstrap.storage.Login;
import dev.jeton.bootstrap.support.SharedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What an operator reads when the server refuses a database: one line with the cause and the remedy. */
@Tag("G22")
@Timeout(60)
class RefusedDatabaseIT {
    @TempDir
    private Path directory;

    private final Login login = SharedPostgres.newDatabase();

    @Test
    void nobodyListensThere() throws Exception {
        assertRefused(
                run(new Login("jdbc:postgresql://127.0.0.1:1/jeton", "jeton", "x")),
                "The database cannot be reached: Connection to 127.0.0.1:1 refused",
                "check its URL");
    }

    @Test
    void theUrlSetsParametersOfSessions() throws Exception {
        assertRefused(
                run(new Login(login.url() + "?options=-c%20lock_timeout=5s", login.user(), login.password())),
                "The database URL must not set options: Jeton sets what it needs itself; remove it");
    }

    @Test
    void theDatabaseIsAnotherPrograms() throws Exception {
        execute("CREATE TABLE customers (id int)");

        assertRefused(run(login), "holds customers, which is not Jeton's", "create a database for Jeton alone");
    }

    @Test
    void theServerRefusesTheMigration() throws Exception {
        execute("""
                CREATE SCHEMA guard;
                CREATE FUNCTION guard.refuse() RETURNS event_trigger LANGUAGE plpgsql
                    AS $$ BEGIN RAISE EXCEPTION 'no changes in December'; END $$;
                CREATE EVENT TRIGGER refuse ON ddl_command_start WHEN TAG IN ('CREATE FUNCTION')
                    EXECUTE FUNCTION guard.refuse()
                """);

        assertRefused(
                run(login), "The schema cannot be migrated: no changes in December; see docs/operations/migrations.md");
    }

    @Test
    void aCommandNeedsAMigratedDatabase() throws Exception {
        assertRefused(
                run(login, "operator-token"),
                "The schema is not up to date; start this version's server once, which migrates it");
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(login.url(), login.user(), login.password());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private CommandRun run(Login login, String... command) throws Exception {
        Path password = Files.writeString(directory.resolve("password"), login.password());
        Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-------"));
        List<String> arguments = new ArrayList<>(List.of(command));
        arguments.addAll(List.of(
                "--data-dir=" + directory.resolve("data"),
                "--db-url=" + login.url(),
                "--db-user=" + login.user(),
                "--db-password-file=" + password));
        if (command.length == 0) {
            arguments.add("--port=0");
        }
        return CommandRun.of(arguments.toArray(String[]::new));
    }

    private static void assertRefused(CommandRun run, String... parts) {
        assertThat(run.exitStatus()).isEqualTo(1);
        assertThat(run.output()).isEmpty();
        assertThat(run.log().lines().filter(line -> line.contains(" ERROR ")))
                .singleElement()
                .asString()
                .contains(parts)
                .doesNotContain("Exception", "injector");
        assertThat(run.log().lines().filter(line -> line.startsWith("\t"))).isEmpty();
    }
}
