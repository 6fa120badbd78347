package dev.jeton.bootstrap.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgramOutputTest {
    private static final FileTime NOW = FileTime.from(Instant.parse("2026-11-28T12:00:00Z"));
    private static final FileTime EARLIER = FileTime.from(Instant.parse("2026-11-28T11:00:00Z"));

    @TempDir
    private Path directory;

    @Test
    void givesTheReasonOfAProgram() {
        assertThat(reason("initdb: could not look up effective user ID 12345: user does not exist\n"))
                .isEqualTo("could not look up effective user ID 12345: user does not exist");
        assertThat(reason("unshare: failed to execute /data/bin/initdb: Permission denied\n"))
                .isEqualTo("failed to execute /data/bin/initdb: Permission denied");
        assertThat(reason("sh: 1: Syntax error: Unterminated quoted string\n"))
                .isEqualTo("Syntax error: Unterminated quoted string");
        assertThat(reason("/data/bin/initdb: error while loading shared libraries: libxml2.so.2: cannot open\n"))
                .isEqualTo("error while loading shared libraries: libxml2.so.2: cannot open");
    }

    @Test
    void givesTheFirstErrorAmongProgressAndConsequences() {
        assertThat(reason("""
                creating directory /data/postgres.new ... ok
                running bootstrap script ... 2026-11-28 12:00:00.000 UTC [7] FATAL:  could not write to file: No space left on device
                2026-11-28 12:00:00.001 UTC [7] PANIC:  cannot abort transaction 1, it was already committed
                child process was terminated by signal 6
                initdb: removing data directory "/data/postgres.new"
                """)).isEqualTo("could not write to file: No space left on device");
        assertThat(reason("""
                12:00 UTC [2] LOG:  starting PostgreSQL 18.6
                12:00 UTC [2] LOG:  could not bind IPv4 address "127.0.0.1": Address already in use
                12:00 UTC [2] FATAL:  could not create any TCP/IP sockets
                """)).isEqualTo("could not bind IPv4 address \"127.0.0.1\": Address already in use");
        assertThat(reason("postgres: out of memory\npg_ctl: could not start server\nExamine the log output.\n"))
                .isEqualTo("out of memory");
    }

    @Test
    void givesTheLastLineOfAnUnknownForm() {
        assertThat(reason("something\nKilled\n\n")).isEqualTo("Killed");
        assertThat(reason("")).isEqualTo("it printed no reason");
    }

    @Test
    void readsTheLogOfTheServerIfTheOutputHasNoError() throws Exception {
        Path output = write("start.log", NOW, "LOG:  redirecting log output\npg_ctl: could not start server\n");
        Path log = write("log/postgresql-Sat.log", NOW, """
                10:00 UTC [1] FATAL:  an error of yesterday
                12:00 UTC [2] LOG:  starting PostgreSQL 18.6
                12:00 UTC [3] PANIC:  could not locate a valid checkpoint record
                12:00 UTC [2] LOG:  shutting down
                """);

        ProgramOutput read = ProgramOutput.read(output, log.getParent(), NOW);

        assertThat(read.file()).isEqualTo(log);
        assertThat(read.reason()).isEqualTo("could not locate a valid checkpoint record");
    }

    @Test
    void ignoresAnOldLog() throws Exception {
        Path output = write("start.log", NOW, "pg_ctl: could not find a program\n");
        Path log = write("log/postgresql-Fri.log", EARLIER, "FATAL:  an error of yesterday\n");

        assertThat(ProgramOutput.read(output, log.getParent(), NOW).reason()).isEqualTo("could not find a program");
        assertThat(ProgramOutput.read(output, directory.resolve("none"), NOW).reason())
                .isEqualTo("could not find a program");
    }

    @Test
    void readsTheEndOfALongFileThatIsNotText() throws Exception {
        Path output = directory.resolve("start.log");
        Files.write(output, new byte[] {(byte) 0xFF, 0});
        Files.writeString(output, "x".repeat(100_000) + "\nFATAL:  the reason\n", StandardOpenOption.APPEND);

        assertThat(ProgramOutput.read(output, directory.resolve("none"), NOW).reason())
                .isEqualTo("the reason");
    }

    private static String reason(String text) {
        return new ProgramOutput(Path.of("start.log"), text).reason();
    }

    private Path write(String name, FileTime modified, String text) throws Exception {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.setLastModifiedTime(Files.writeString(file, text), modified);
    }
}
