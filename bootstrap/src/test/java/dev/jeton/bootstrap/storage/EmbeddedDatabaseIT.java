package dev.jeton.bootstrap.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One directory for all tests, each of which leaves its PostgreSQL stopped. */
class EmbeddedDatabaseIT {
    private static final int CONNECTIONS = 10;

    @TempDir
    private static Path directory;

    private static DataDirectory data;

    @BeforeAll
    static void make() {
        data = DataDirectory.open(directory.resolve("with a space"));
        try (EmbeddedDatabase database = EmbeddedDatabase.start(data, CONNECTIONS)) {
            assertThat(database).isNotNull();
        }
    }

    @Test
    void isDurable() throws Exception {
        Files.writeString(data.cluster().resolve("postgresql.auto.conf"), "fsync = off\nsynchronous_commit = off\n");
        try (EmbeddedDatabase database = EmbeddedDatabase.start(data, CONNECTIONS)) {
            assertThat(query(database.login(), "SHOW fsync")).isEqualTo("on");
            assertThat(query(database.login(), "SHOW synchronous_commit")).isEqualTo("on");
            assertThat(query(database.login(), "SHOW full_page_writes")).isEqualTo("on");
            assertThat(query(database.login(), "SHOW data_checksums")).isEqualTo("on");
        }
    }

    @Test
    void isOfTheVersionThatItsDirectoryIsNamedAfter() throws Exception {
        try (EmbeddedDatabase database = EmbeddedDatabase.start(data, CONNECTIONS)) {
            assertThat(query(database.login(), "SHOW server_version") + ".0").isEqualTo(PostgresBinaries.VERSION);
            assertThat(data.binaries()).isDirectoryContaining("glob:**/" + PostgresBinaries.VERSION);
        }
    }

    @Test
    void keepsHalfAsMuchInMemoryAsTheHeapMayTakeWithinBounds() throws Exception {
        assertThat(EmbeddedDatabase.buffersMb(64L << 20)).isEqualTo(128);
        assertThat(EmbeddedDatabase.buffersMb(600L << 20)).isEqualTo(300);
        assertThat(EmbeddedDatabase.buffersMb(64L << 30)).isEqualTo(1_024);
        try (EmbeddedDatabase database = EmbeddedDatabase.start(data, CONNECTIONS)) {
            long megabytes = EmbeddedDatabase.buffersMb(Runtime.getRuntime().maxMemory());
            assertThat(query(database.login(), "SELECT setting FROM pg_settings WHERE name = 'shared_buffers'"))
                    .isEqualTo("" + megabytes * 128);
        }
    }

    @Test
    void comparesTextByItsBytes() throws Exception {
        try (EmbeddedDatabase database = EmbeddedDatabase.start(data, CONNECTIONS)) {
            assertThat(query(database.login(), "SHOW server_encoding")).isEqualTo("UTF8");
            assertThat(query(database.login(), "SELECT datcollate FROM pg_database WHERE datname = 'postgres'"))
                    .isEqualTo("C");
        }
    }

    @Test
    void listensOnLoopbackOnlyAndLetsNobodyInWithoutThePassword() throws Exception {
        try (EmbeddedDatabase database = EmbeddedDatabase.start(data, CONNECTIONS)) {
            Login login = database.login();

            assertThat(query(login, "SHOW listen_addresses")).isEqualTo("127.0.0.1");
            assertThat(query(login, "SHOW unix_socket_directories")).isEmpty();
            assertThat(query(login, "SELECT string_agg(DISTINCT auth_method, ',') FROM pg_hba_file_rules"))
                    .isEqualTo("scram-sha-256");
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> query(new Login(login.url(), login.user(), "guessed"), "SELECT 1"))
                    .withMessageContaining("password authentication failed");
        }
    }

    @Test
    void keepsWhatWasWritten() throws Exception {
        try (EmbeddedDatabase database = EmbeddedDatabase.start(data, CONNECTIONS)) {
            query(database.login(), "CREATE TABLE kept AS SELECT 42 AS answer");
        }
        try (EmbeddedDatabase database = EmbeddedDatabase.start(data, CONNECTIONS)) {
            assertThat(query(database.login(), "SELECT answer FROM kept")).isEqualTo("42");
        }
    }

    @Test
    void canBeReachedWhileItRunsElsewhere() throws Exception {
        try (EmbeddedDatabase database = EmbeddedDatabase.start(data, CONNECTIONS)) {
            Login found = EmbeddedDatabase.running(data).orElseThrow().login();

            assertThat(found).isEqualTo(database.login());
            assertThat(query(found, "SELECT 1")).isEqualTo("1");
        }
        assertThat(EmbeddedDatabase.running(data)).isEmpty();
    }

    @Test
    void takesOverFromOneThatWasLeftBehind() throws Exception {
        EmbeddedDatabase orphan = EmbeddedDatabase.start(data, CONNECTIONS);

        try (EmbeddedDatabase database = EmbeddedDatabase.start(data, CONNECTIONS)) {
            assertThat(query(database.login(), "SELECT 1")).isEqualTo("1");
            assertThat(database.login().url()).isNotEqualTo(orphan.login().url());
        }
    }

    @Test
    void doesNotMistakeAnotherProgramForOneThatWasLeftBehind() throws Exception {
        Files.write(
                data.cluster().resolve("postmaster.pid"),
                List.of(
                        Long.toString(ProcessHandle.current().pid()),
                        data.cluster().toString(),
                        "1700000000",
                        "5432",
                        "",
                        "127.0.0.1"));

        try (EmbeddedDatabase database = EmbeddedDatabase.start(data, CONNECTIONS)) {
            assertThat(query(database.login(), "SELECT 1")).isEqualTo("1");
        }
    }

    @Test
    void startsAfterAPowerCut() throws Exception {
        EmbeddedDatabase lost = EmbeddedDatabase.start(data, CONNECTIONS);
        query(lost.login(), "CREATE TABLE committed AS SELECT 7 AS number");
        ProcessHandle process = Postmaster.on(data.cluster()).orElseThrow().process();
        process.children().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();

        try (EmbeddedDatabase database = EmbeddedDatabase.start(data, CONNECTIONS)) {
            assertThat(query(database.login(), "SELECT number FROM committed")).isEqualTo("7");
        }
    }

    @Test
    void needsItsPassword() throws Exception {
        Path moved = directory.resolve("password");
        Files.move(data.databasePassword(), moved);
        try {
            assertThatExceptionOfType(StartFailure.class)
                    .isThrownBy(() -> EmbeddedDatabase.start(data, CONNECTIONS))
                    .withMessageContainingAll(data.databasePassword().toString(), "restore");
        } finally {
            Files.move(moved, data.databasePassword());
        }
    }

    @Test
    void saysWhatPostgresComplainsAbout() throws Exception {
        Path settings = data.cluster().resolve("postgresql.auto.conf");
        Files.writeString(settings, "no_such_setting = 1\n");
        try {
            assertThatExceptionOfType(StartFailure.class)
                    .isThrownBy(() -> EmbeddedDatabase.start(data, CONNECTIONS))
                    .withMessageContainingAll(
                            "contains errors", data.databaseStartLog().toString());
        } finally {
            Files.writeString(settings, "");
        }
    }

    @Test
    void startsOverWhenItsMakingWasCutShort(@TempDir Path parent) throws Exception {
        DataDirectory fresh = DataDirectory.open(parent);
        Files.createDirectories(fresh.binaries().resolve("unpacking/bin"));
        Files.createFile(Files.createDirectories(fresh.stagingDirectory()).resolve("postgresql.conf"));

        try (EmbeddedDatabase database = EmbeddedDatabase.start(fresh, CONNECTIONS)) {
            assertThat(query(database.login(), "SELECT 1")).isEqualTo("1");
        }
    }

    private static @Nullable String query(Login login, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(login.url(), login.user(), login.password());
                Statement statement = connection.createStatement()) {
            if (!statement.execute(sql)) {
                return null;
            }
            try (ResultSet result = statement.getResultSet()) {
                result.next();
                return result.getString(1);
            }
        }
    }
}
