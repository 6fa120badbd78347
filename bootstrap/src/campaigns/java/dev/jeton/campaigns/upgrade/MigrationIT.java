package dev.jeton.campaigns.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jeton.bootstrap.NextJeton;
import dev.jeton.bootstrap.storage.EmbeddedDatabase;
import dev.jeton.bootstrap.storage.Login;
import dev.jeton.bootstrap.storage.PreparedData;
import dev.jeton.bootstrap.support.JetonProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server of the next version starts, and changes the schema under those of this version. */
class MigrationIT {
    private static final int CONNECTIONS = 100;
    private static final int ENOUGH = 20;

    @TempDir
    private static Path directory;

    private static EmbeddedDatabase database;
    private static Login login;
    private static Path password;

    @BeforeAll
    static void startDatabase() throws Exception {
        database = EmbeddedDatabase.start(PreparedData.in(directory.resolve("database")), CONNECTIONS);
        login = database.login();
        password = Files.writeString(directory.resolve("password"), login.password());
    }

    @AfterAll
    static void stopDatabase() {
        database.close();
    }

    @Test
    void theFormerVersionServesWhileTheNextOneMigratesAndAfterIt() throws Exception {
        String url = newDatabase("next");
        try (JetonProcess former = JetonProcess.start(directory.resolve("former"), options(url));
                Traffic calls = Traffic.plain(List.of(former.address()), former.operatorToken())) {
            calls.awaitServedBy(former.address(), ENOUGH);
            try (JetonProcess next = JetonProcess.startInstead(
                            NextJeton.class, directory.resolve("next"), options(url, "--next=db/next"));
                    Traffic both = Traffic.plain(List.of(former.address(), next.address()), former.operatorToken())) {
                calls.awaitServedBy(former.address(), ENOUGH);
                both.awaitServedBy(former.address(), ENOUGH);
                both.awaitServedBy(next.address(), ENOUGH);
                both.close();

                assertThat(both.failures()).isEmpty();
                assertThat(isThere(url)).isTrue();
            }
            // It is gone back to the version before, on the schema as it is now.
            try (JetonProcess again = JetonProcess.start(directory.resolve("again"), options(url));
                    Traffic back = Traffic.plain(List.of(again.address()), former.operatorToken())) {
                back.awaitServedBy(again.address(), ENOUGH);
                back.close();

                assertThat(back.failures()).isEmpty();
            }
            calls.close();

            assertThat(calls.failures()).isEmpty();
        }
    }

    /** Otherwise the other test would say nothing. */
    @Test
    void aMigrationThatLocksATableForLongIsCaught() throws Exception {
        String url = newDatabase("locking");
        try (JetonProcess former = JetonProcess.start(directory.resolve("before-locking"), options(url));
                Traffic calls = Traffic.plain(List.of(former.address()), former.operatorToken())) {
            calls.awaitServedBy(former.address(), 1);
            JetonProcess.startInstead(NextJeton.class, directory.resolve("locking"), options(url, "--next=db/locking"))
                    .close();
            calls.close();

            assertThat(calls.failures()).anyMatch(failure -> failure.contains("UNAVAILABLE"));
        }
    }

    /** The migrated column, and its index, which can be used. */
    private static boolean isThere(String url) throws Exception {
        try (Connection connection = DriverManager.getConnection(url, login.user(), login.password());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("""
                        SELECT indisvalid AND EXISTS (SELECT remark FROM tokens)
                        FROM pg_index WHERE indexrelid = 'tokens_by_remark'::regclass
                        """)) {
            return rows.next() && rows.getBoolean(1);
        }
    }

    private static String newDatabase(String name) throws Exception {
        try (Connection connection = DriverManager.getConnection(login.url(), login.user(), login.password());
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        }
        return login.url().replaceFirst("/postgres$", "/" + name);
    }

    private static String[] options(String url, String... more) {
        List<String> options = new ArrayList<>(
                List.of("--db-url=" + url, "--db-user=" + login.user(), "--db-password-file=" + password));
        options.addAll(List.of(more));
        return options.toArray(String[]::new);
    }
}
