package dev.jeton.campaigns.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jeton.bootstrap.NextJeton;
import dev.jeton.bootstrap.storage.Login;
import dev.jeton.bootstrap.support.Cluster;
import dev.jeton.bootstrap.support.JetonProcess;
import dev.jeton.jdbi.DatabaseSettings;
import dev.jeton.jdbi.SchemaMigrator;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The next version migrates the schema while this version keeps serving. */
@TestMethodOrder(OrderAnnotation.class)
class MigrationIT {
    private static final int CALLS = 20;

    @TempDir
    private static Path directory;

    private static Cluster cluster;
    private static JetonProcess current;

    @BeforeAll
    static void start() throws Exception {
        cluster = Cluster.start(directory).withUsualLimits();
        current = cluster.server("current");
    }

    @AfterAll
    static void stop() throws Exception {
        cluster.close();
    }

    @Test
    @Order(1)
    void thisVersionServesDuringTheMigrationAndAfterIt() throws Exception {
        try (Traffic calls = traffic(current)) {
            calls.awaitServedBy(current.address(), CALLS);
            try (JetonProcess next = cluster.twin("next", NextJeton.class, "--next=db/next");
                    Traffic both = retrying(current, next)) {
                calls.awaitServedBy(current.address(), CALLS);
                both.awaitServedBy(current.address(), CALLS);
                both.awaitServedBy(next.address(), CALLS);

                assertThat(both.end()).isEmpty();
                assertThat(isMigrated()).isTrue();
            }
            // A downgrade: this version starts on the next version's schema.
            try (JetonProcess again = cluster.server("again");
                    Traffic back = retrying(again)) {
                back.awaitServedBy(again.address(), CALLS);

                assertThat(back.end()).isEmpty();
            }

            assertThat(calls.end()).isEmpty();
        }
    }

    @Test
    @Order(2)
    void catchesAMigrationThatKeepsATableLocked() throws Exception {
        Login login = cluster.login();
        try (Traffic calls = traffic(current)) {
            calls.awaitServedBy(current.address(), 1);
            new SchemaMigrator(
                            DatabaseSettings.of(login.url(), login.user(), login.password()),
                            "1002",
                            "classpath:db/migration",
                            "classpath:db/next",
                            "classpath:db/locking")
                    .migrate();

            assertThat(calls.end()).anyMatch(failure -> failure.contains("UNAVAILABLE"));
        }
    }

    private static Traffic traffic(JetonProcess... servers) {
        return Traffic.plain(
                List.of(servers).stream().map(JetonProcess::address).toList(), cluster.operatorToken());
    }

    /** A server that has just started is slow on a busy machine, so its clients retry UNAVAILABLE, as clients should. */
    private static Traffic retrying(JetonProcess... servers) {
        return Traffic.retrying(
                List.of(servers).stream().map(JetonProcess::address).toList(), cluster.operatorToken());
    }

    /** Whether the new column exists and its index is valid. */
    private static boolean isMigrated() throws SQLException {
        Login login = cluster.login();
        try (Connection connection = DriverManager.getConnection(login.url(), login.user(), login.password());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("""
                        SELECT indisvalid AND EXISTS (SELECT remark FROM tokens)
                        FROM pg_index WHERE indexrelid = 'tokens_by_remark'::regclass
                        """)) {
            return rows.next() && rows.getBoolean(1);
        }
    }
}
