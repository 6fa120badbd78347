package dev.jeton.bootstrap.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests share a data directory. Each starts or stops its PostgreSQL as needed. */
class EmbeddedDatabaseIT {
    private static final int CONNECTIONS = 10;

    @TempDir
    private static Path parent;

    private static DataDirectory data;
    private static @Nullable EmbeddedDatabase database;

    /** The first start finds leftovers of an interrupted one, the second finds unsafe settings. */
    @BeforeAll
    static void create() throws Exception {
        data = DataDirectory.open(parent.resolve("with a space"));
        Files.createDirectories(data.binaries().resolve("unpacking/bin"));
        Files.createFile(Files.createDirectories(data.stagingDirectory()).resolve("postgresql.conf"));

        assertThat(query(start(), "SELECT 1")).isEqualTo("1");

        stop();
        Files.writeString(settings(), "fsync = off\nsynchronous_commit = off\n");
    }

    @AfterAll
    static void stop() {
        if (database != null) {
            database.close();
            database = null;
        }
    }

    @Test
    void isDurableEvenWithUnsafeSettings() throws Exception {
        assertThat(settings()).content().contains("fsync = off");
        assertThat(query(running(), "SHOW fsync")).isEqualTo("on");
        assertThat(query(running(), "SHOW synchronous_commit")).isEqualTo("on");
        assertThat(query(running(), "SHOW full_page_writes")).isEqualTo("on");
        assertThat(query(running(), "SHOW data_checksums")).isEqualTo("on");
    }

    @Test
    void directoryNameMatchesTheVersion() throws Exception {
        assertThat(query(running(), "SHOW server_version") + ".0").isEqualTo(PostgresBinaries.VERSION);
        assertThat(data.binaries()).isDirectoryContaining("glob:**/" + PostgresBinaries.VERSION);
    }

    @Test
    void buffersHalfTheMaximumHeapWithinBounds() throws Exception {
        assertThat(EmbeddedDatabase.buffersMb(64L << 20)).isEqualTo(128);
        assertThat(EmbeddedDatabase.buffersMb(600L << 20)).isEqualTo(300);
        assertThat(EmbeddedDatabase.buffersMb(64L << 30)).isEqualTo(1_024);
        long megabytes = EmbeddedDatabase.buffersMb(Runtime.getRuntime().maxMemory());
        assertThat(query(running(), "SELECT setting FROM pg_settings WHERE name = 'shared_buffers'"))
                .isEqualTo("" + megabytes * 128);
    }

    @Test
    void comparesTextByItsBytes() throws Exception {
        assertThat(query(running(), "SHOW server_encoding")).isEqualTo("UTF8");
        assertThat(query(running(), "SELECT datcollate FROM pg_database WHERE datname = 'postgres'"))
                .isEqualTo("C");
    }

    @Test
    void listensOnLoopbackOnlyAndRequiresThePassword() throws Exception {
        Login login = running();

        assertThat(query(login, "SHOW listen_addresses")).isEqualTo("127.0.0.1");
        assertThat(query(login, "SHOW unix_socket_directories")).isEmpty();
        assertThat(query(login, "SELECT string_agg(DISTINCT auth_method, ',') FROM pg_hba_file_rules"))
                .isEqualTo("scram-sha-256");
        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(() -> query(new Login(login.url(), login.user(), "guessed"), "SELECT 1"))
                .withMessageContaining("password authentication failed");
    }

    @Test
    void isFoundWhileItRunsAndKeepsItsData() throws Exception {
        Login login = running();
        Login found = EmbeddedDatabase.running(data).orElseThrow().login();
        assertThat(found).isEqualTo(login);
        query(found, "CREATE TABLE kept AS SELECT 42 AS answer");

        stop();
        assertThat(EmbeddedDatabase.running(data)).isEmpty();

        assertThat(query(running(), "SELECT answer FROM kept")).isEqualTo("42");
    }

    @Test
    void stopsAnOrphanAndTakesOver() throws Exception {
        String orphan = running().url();

        Login login = start();

        assertThat(query(login, "SELECT 1")).isEqualTo("1");
        assertThat(login.url()).isNotEqualTo(orphan);
    }

    @Test
    void doesNotMistakeAnotherProgramForAnOrphan() throws Exception {
        stop();
        Files.write(
                data.cluster().resolve("postmaster.pid"),
                List.of(
                        Long.toString(ProcessHandle.current().pid()),
                        data.cluster().toString(),
                        "1700000000",
                        "5432",
                        "",
                        "127.0.0.1"));

        assertThat(query(running(), "SELECT 1")).isEqualTo("1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\0\0\0\0\0\0\0\0\0\0\0\0"})
    void startsDespiteADamagedPidFile(String content) throws Exception {
        stop();
        Files.writeString(data.cluster().resolve("postmaster.pid"), content);

        assertThat(query(running(), "SELECT 1")).isEqualTo("1");
    }

    @Test
    void startsAfterAPowerFailure() throws Exception {
        query(running(), "CREATE TABLE committed AS SELECT 7 AS number");
        ProcessHandle process = Postmaster.on(data.cluster()).orElseThrow().process();
        process.children().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();

        assertThat(query(start(), "SELECT number FROM committed")).isEqualTo("7");
    }

    @Test
    void requiresItsPasswordFile() throws Exception {
        stop();
        Path moved = parent.resolve("password");
        Files.move(data.databasePassword(), moved);
        try {
            assertThatExceptionOfType(StartFailure.class)
                    .isThrownBy(EmbeddedDatabaseIT::start)
                    .withMessageContainingAll(data.databasePassword().toString(), "restore");
        } finally {
            Files.move(moved, data.databasePassword());
        }
    }

    @Test
    void triesAnotherPortIfOneIsTaken() throws Exception {
        stop();
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Iterator<Integer> ports =
                    List.of(taken.getLocalPort(), free.getLocalPort()).iterator();
            free.close();
            database = EmbeddedDatabase.start(data, CONNECTIONS, ports::next);

            assertThat(database.login().url()).contains(":" + free.getLocalPort() + "/");
        }
    }

    @Test
    void unpacksProgramsAgainThatAPowerFailureEmptied() throws Exception {
        stop();
        Files.write(data.binaries().resolve(PostgresBinaries.VERSION).resolve("bin/pg_ctl"), new byte[0]);

        assertThat(query(running(), "SELECT 1")).isEqualTo("1");
    }

    @Test
    void refusesAnEmptyPasswordFile() throws Exception {
        stop();
        String password = Files.readString(data.databasePassword());
        Files.writeString(data.databasePassword(), "");
        try {
            assertThatExceptionOfType(StartFailure.class)
                    .isThrownBy(EmbeddedDatabaseIT::start)
                    .withMessageContainingAll(data.databasePassword().toString(), "is empty", "restore");
        } finally {
            Files.writeString(data.databasePassword(), password);
        }
    }

    @Test
    void reportsAnErrorThatPostgresWroteToItsLog() throws Exception {
        stop();
        Path wal = data.cluster().resolve("pg_wal");
        Path moved = data.cluster().resolve("pg_wal.moved");
        Files.move(wal, moved);
        try {
            assertThatExceptionOfType(StartFailure.class)
                    .isThrownBy(EmbeddedDatabaseIT::start)
                    .withMessageContainingAll(
                            "required WAL directory", data.databaseLogs().toString());
        } finally {
            Files.move(moved, wal);
        }
    }

    @Test
    void reportsTheErrorOfPostgres() throws Exception {
        stop();
        String valid = Files.readString(settings());
        Files.writeString(settings(), "no_such_setting = 1\n");
        try {
            assertThatExceptionOfType(StartFailure.class)
                    .isThrownBy(EmbeddedDatabaseIT::start)
                    .withMessageContainingAll(
                            "contains errors", data.databaseStartLog().toString());
        } finally {
            Files.writeString(settings(), valid);
        }
    }

    private static Login running() {
        return database == null ? start() : database.login();
    }

    /** Starts another instance, even if the last one still runs. */
    private static Login start() {
        database = EmbeddedDatabase.start(data, CONNECTIONS);
        return database.login();
    }

    private static Path settings() {
        return data.cluster().resolve("postgresql.auto.conf");
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
