package dev.jeton.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jeton.bootstrap.storage.Login;
import dev.jeton.bootstrap.storage.OwnerOnly;
import dev.jeton.bootstrap.support.Api;
import dev.jeton.bootstrap.support.Awaiting;
import dev.jeton.bootstrap.support.JetonProcess;
import dev.jeton.bootstrap.support.SharedPostgres;
import dev.jeton.bootstrap.tls.TestAuthority;
import dev.jeton.bootstrap.tls.TestAuthority.Issued;
import dev.jeton.v1.GetTenantRequest;
import dev.jeton.v1.Tenant;
import dev.jeton.v1.TokenPolicy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Servers on an external PostgreSQL with {@code ssl=on}. {@code TwoReplicasIT} tests one without. */
@Timeout(120)
class ExternalDatabaseIT {
    @TempDir
    private static Path parent;

    private static TestAuthority authority;
    private static Login login;
    private static Path password;

    @BeforeAll
    static void encryptPostgres() throws Exception {
        authority = TestAuthority.in(parent.resolve("authority"));
        login = SharedPostgres.newMigratedDatabase();
        password = parent.resolve("password");
        OwnerOnly.write(password, login.password());
        encryptWith(authority.issue("database"));
    }

    @AfterAll
    static void decryptPostgres() {
        reloadWith("ALTER SYSTEM RESET ALL");
    }

    @Test
    void servesOverVerifiedConnections() {
        Path directory = parent.resolve("served");
        try (JetonProcess jeton = JetonProcess.start(
                directory, url(authority), "--db-user=" + login.user(), "--db-password-file=" + password)) {
            Api operator = new Api(jeton.asOperator());
            Tenant tenant = operator.tenant(TokenPolicy.getDefaultInstance());

            assertThat(operator.tenants
                            .getTenant(GetTenantRequest.newBuilder()
                                    .setTenantId(tenant.getId())
                                    .build())
                            .getTenant())
                    .isEqualTo(tenant);
            assertThat(query("""
                            SELECT count(*) > 1 AND bool_and(ssl) FROM pg_stat_ssl JOIN pg_stat_activity USING (pid)
                                WHERE application_name LIKE 'jeton%' AND datname = current_database()
                            """)).isEqualTo("t");
        }
    }

    @Test
    void refusesADatabaseOfAnotherCa() throws Exception {
        assertRefused(TestAuthority.in(parent.resolve("other")), "certification path");
    }

    @Test
    void refusesADatabaseWithTheCertificateOfAnotherHost() throws Exception {
        encryptWith(authority.issueFor("elsewhere.example.com"));
        try {
            assertRefused(authority, "The hostname 127.0.0.1 could not be verified");
        } finally {
            encryptWith(authority.issue("database again"));
        }
    }

    @Test
    void reportsAWrongPasswordInOneLine() throws Exception {
        Path wrong = parent.resolve("wrong");
        OwnerOnly.write(wrong, "guessed");

        CommandRun jeton = run("--db-url=" + login.url(), wrong);

        assertThat(jeton.exitStatus()).isEqualTo(1);
        assertThat(jeton.log().lines().skip(1)).singleElement().asString().contains("database", "password");
        assertThat(jeton.log()).doesNotContain("guessed");
    }

    private static void assertRefused(TestAuthority trusted, String reason) {
        CommandRun jeton = run(url(trusted), password);

        assertThat(jeton.exitStatus()).isEqualTo(1);
        // The driver logs its own lines first.
        assertThat(jeton.log().lines()).last().asString().contains("The database cannot be reached", reason);
    }

    private static CommandRun run(String url, Path passwordFile) {
        return CommandRun.of(
                "--port=0",
                "--data-dir=" + parent.resolve("refused"),
                url,
                "--db-user=" + login.user(),
                "--db-password-file=" + passwordFile);
    }

    private static String url(TestAuthority trusted) {
        return "--db-url=" + login.url() + "?sslmode=verify-full&sslrootcert=" + trusted.certificate();
    }

    private static void encryptWith(Issued issued) {
        reloadWith(
                "ALTER SYSTEM SET ssl_cert_file = '" + issued.certificate() + "'",
                "ALTER SYSTEM SET ssl_key_file = '" + issued.key() + "'",
                "ALTER SYSTEM SET ssl = on");
    }

    private static void reloadWith(String... changes) {
        String before = query("SELECT pg_conf_load_time()");
        for (String change : changes) {
            query(change);
        }
        query("SELECT pg_reload_conf()");
        Awaiting.until(() -> query("SELECT pg_conf_load_time()"), now -> !now.equals(before));
    }

    /** Returns the first value of the result, or an empty string if there is none. */
    private static String query(String sql) {
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
