package dev.jeton.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jeton.bootstrap.storage.EmbeddedDatabase;
import dev.jeton.bootstrap.storage.Login;
import dev.jeton.bootstrap.storage.PreparedData;
import dev.jeton.bootstrap.support.Awaiting;
import dev.jeton.bootstrap.support.JetonProcess;
import dev.jeton.bootstrap.tls.TestAuthority;
import dev.jeton.bootstrap.tls.TestAuthority.Issued;
import dev.jeton.v1.Tenant;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A PostgreSQL with {@code ssl=on}, and servers that want to be sure that it is the right one. */
class EncryptedDatabaseIT {
    private static final int CONNECTIONS = 50;

    @TempDir
    private static Path parent;

    private static TestAuthority authority;
    private static EmbeddedDatabase database;
    private static Login login;
    private static Path password;

    @BeforeAll
    static void startDatabase() throws Exception {
        authority = TestAuthority.in(parent.resolve("authority"));
        database = EmbeddedDatabase.start(PreparedData.in(parent.resolve("database")), CONNECTIONS);
        login = database.login();
        password = Files.writeString(parent.resolve("password"), login.password() + "\n");
        encryptWith(authority.issue("database"));
    }

    @AfterAll
    static void stopDatabase() {
        database.close();
    }

    @Test
    void servesOverConnectionsThatAreVerified() throws Exception {
        Path directory = parent.resolve("served");
        try (JetonProcess jeton = JetonProcess.start(
                directory, url(authority), "--db-user=" + login.user(), "--db-password-file=" + password)) {
            Tenant tenant = ServerIT.createTenant(jeton.asOperator(), "Written over TLS");

            assertThat(RestartIT.stored(jeton.asOperator(), tenant)).isEqualTo(tenant);
            assertThat(ask("""
                            SELECT count(*) > 1 AND bool_and(ssl) FROM pg_stat_ssl JOIN pg_stat_activity USING (pid)
                                WHERE application_name LIKE 'jeton%'
                            """)).isEqualTo("t");
        }
    }

    @Test
    void doesNotTrustADatabaseOfAnotherCa() throws Exception {
        assertRefused(TestAuthority.in(parent.resolve("other")), "certification path");
    }

    @Test
    void doesNotTrustADatabaseThatIsAnotherHost() throws Exception {
        encryptWith(authority.issueFor("elsewhere.example.com"));
        try {
            assertRefused(authority, "The hostname 127.0.0.1 could not be verified");
        } finally {
            encryptWith(authority.issue("database again"));
        }
    }

    private static void assertRefused(TestAuthority trusted, String reason) throws Exception {
        Path directory = parent.resolve("refused");
        try (JetonProcess jeton = JetonProcess.run(
                directory,
                "--port=0",
                "--data-dir=" + directory,
                url(trusted),
                "--db-user=" + login.user(),
                "--db-password-file=" + password)) {
            assertThat(jeton.exitStatus()).isEqualTo(1);
            // The driver has its own words about it before.
            assertThat(jeton.log().lines()).last().asString().contains("The database cannot be reached", reason);
        }
    }

    private static String url(TestAuthority trusted) {
        return "--db-url=" + login.url() + "?sslmode=verify-full&sslrootcert=" + trusted.certificate();
    }

    private static void encryptWith(Issued issued) throws Exception {
        String before = ask("SELECT pg_conf_load_time()");
        ask("ALTER SYSTEM SET ssl_cert_file = '" + issued.certificate() + "'");
        ask("ALTER SYSTEM SET ssl_key_file = '" + issued.key() + "'");
        ask("ALTER SYSTEM SET ssl = on");
        ask("SELECT pg_reload_conf()");
        Awaiting.until(() -> ask("SELECT pg_conf_load_time()"), now -> !now.equals(before));
    }

    /** @return the first value of the answer, if there is one */
    private static String ask(String sql) {
        try (Connection connection = DriverManager.getConnection(login.url(), login.user(), login.password());
                Statement statement = connection.createStatement()) {
            if (!statement.execute(sql)) {
                return "";
            }
            ResultSet answer = statement.getResultSet();
            answer.next();
            return answer.getString(1);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}
