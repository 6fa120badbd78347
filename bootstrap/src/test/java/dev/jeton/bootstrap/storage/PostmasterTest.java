package dev.jeton.bootstrap.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PostmasterTest {
    @TempDir
    private Path cluster;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n",
                "\0\0\0\0\0\0\0\0",
                "\0\0\0\n\0\n\0\n\0\n",
                "postgres",
                "-1\n/data\n1\n5432\n",
                "0\n/data\n1\n5432\n",
                "99999999999999999999\n/data\n1\n5432\n",
                "\u00e4\u00ff"
            })
    void deletesAFileWithoutAProcessId(String damaged) throws Exception {
        Path file = Files.write(pidFile(), damaged.getBytes(StandardCharsets.ISO_8859_1));

        assertThat(Postmaster.on(cluster)).isEmpty();
        Postmaster.clearStalePid(cluster);

        assertThat(file).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"%d", "%d\n/data\n1", "%d\n/data\n1\n\0\0\0\0\n", "%d\n/data\n1\n99999999999\n"})
    void findsNoServerInATruncatedFile(String truncated) throws Exception {
        Files.writeString(pidFile(), truncated.formatted(ProcessHandle.current().pid()));

        assertThat(Postmaster.on(cluster)).isEmpty();
        Postmaster.clearStalePid(cluster);

        assertThat(pidFile()).content().startsWith("2147483647");
    }

    @Test
    void keepsThePathInTheFileByteForByte() throws Exception {
        byte[] text = (ProcessHandle.current().pid() + "\n/d\u00ff\n1\n5432\n").getBytes(StandardCharsets.ISO_8859_1);
        Files.write(pidFile(), text);

        Postmaster.clearStalePid(cluster);

        assertThat(Files.readString(pidFile(), StandardCharsets.ISO_8859_1)).contains("/d\u00ff\n1\n5432\n");
    }

    @Test
    void refusesADamagedFileWhileTheServerRuns() throws Exception {
        Path program = Files.copy(
                Path.of("/bin/sh").toRealPath(), cluster.resolve("postgres"), StandardCopyOption.COPY_ATTRIBUTES);
        Files.createFile(pidFile());
        Process server = new ProcessBuilder(program.toString(), "-c", "read line", cluster.toString()).start();
        try {
            assertThatExceptionOfType(StartFailure.class)
                    .isThrownBy(() -> Postmaster.clearStalePid(cluster))
                    .withMessageContainingAll("process " + server.pid(), cluster.toString(), "stop that process");
            assertThat(pidFile()).exists();
        } finally {
            server.destroyForcibly();
        }
    }

    @Test
    void saysWhyTheFileCannotBeRead() throws Exception {
        Files.createDirectory(pidFile());

        assertThatExceptionOfType(StartFailure.class)
                .isThrownBy(() -> Postmaster.on(cluster))
                .withMessageContainingAll(pidFile().toString(), "Is a directory");
    }

    private Path pidFile() {
        return cluster.resolve("postmaster.pid");
    }
}
