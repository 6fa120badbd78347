package dev.jeton.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jeton.bootstrap.storage.EmbeddedDatabase;
import dev.jeton.bootstrap.storage.Login;
import dev.jeton.bootstrap.storage.PreparedData;
import dev.jeton.bootstrap.support.JetonProcess;
import dev.jeton.v1.Tenant;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A PostgreSQL that runs outside the server; that it is the embedded one of the test, the server cannot know. */
class ExternalDatabaseIT {
    private static final int CONNECTIONS = 50;

    @TempDir
    private static Path parent;

    private static EmbeddedDatabase database;
    private static String url;
    private static String user;
    private static String passwordFile;

    @BeforeAll
    static void startDatabase() throws Exception {
        database = EmbeddedDatabase.start(PreparedData.in(parent.resolve("database")), CONNECTIONS);
        Login login = database.login();
        url = "--db-url=" + login.url();
        user = "--db-user=" + login.user();
        Path file = Files.writeString(parent.resolve("password"), login.password() + "\n");
        passwordFile = "--db-password-file=" + file;
    }

    @AfterAll
    static void stopDatabase() {
        database.close();
    }

    @Test
    void servesTwoReplicasOfWhichOneInstalls() {
        Path one = parent.resolve("one");
        Path other = parent.resolve("other");
        try (JetonProcess first = JetonProcess.start(one, url, user, passwordFile);
                JetonProcess second = JetonProcess.start(other, url, user, passwordFile)) {
            Tenant tenant = ServerIT.createTenant(first.asOperator(), "Seen by both");

            assertThat(RestartIT.stored(second.as(first.operatorToken()), tenant))
                    .isEqualTo(tenant);
            assertThat(one.resolve("postgres")).doesNotExist();
            assertThat(other.resolve("operator-token")).doesNotExist();

            try (JetonProcess command = JetonProcess.run(other, "operator-token", url, user, passwordFile)) {
                assertThat(command.exitStatus()).as(command.log()).isZero();
                assertThat(RestartIT.stored(second.as(command.output()), tenant))
                        .isEqualTo(tenant);
            }
            assertThat(first.terminate()).isZero();
            assertThat(second.terminate()).isZero();
        }
    }

    @Test
    void saysInOneLineThatThePasswordIsWrong() throws Exception {
        Path wrong = Files.writeString(parent.resolve("wrong"), "guessed\n");
        Path directory = parent.resolve("refused");
        String[] arguments = {"--port=0", "--data-dir=" + directory, url, user, "--db-password-file=" + wrong};
        try (JetonProcess jeton = JetonProcess.run(directory, arguments)) {
            assertThat(jeton.exitStatus()).isEqualTo(1);
            assertThat(jeton.log().lines().skip(1)).singleElement().asString().contains("database", "password");
            assertThat(jeton.log()).doesNotContain("guessed");
        }
    }
}
