package dev.jeton.bootstrap.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DataDirectoryTest {
    @TempDir
    private Path parent;

    @Test
    void isCreatedForItsOwnerOnly() throws Exception {
        Path created = DataDirectory.open(parent.resolve("a/b")).path();

        assertThat(created).isDirectory();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(created)))
                .isEqualTo("rwx------");
    }

    @Test
    void cannotBeAFile() throws Exception {
        Path file = Files.createFile(parent.resolve("file"));

        assertThatExceptionOfType(StartFailure.class)
                .isThrownBy(() -> DataDirectory.open(file))
                .withMessageContainingAll(file.toString(), "is a file", "--data-dir");
    }

    @Test
    void failsWhereNothingCanBeCreated() throws Exception {
        Path below = Files.createFile(parent.resolve("file")).resolve("data");

        assertThatExceptionOfType(StartFailure.class)
                .isThrownBy(() -> DataDirectory.open(below))
                .withMessageContainingAll(below.toString(), "Cannot create");
    }

    @Test
    void saysWhyItCannotBeCreated() throws Exception {
        Path link = Files.createSymbolicLink(parent.resolve("link"), parent.resolve("unmounted"));

        assertThatExceptionOfType(StartFailure.class)
                .isThrownBy(() -> DataDirectory.open(link))
                .withMessageContainingAll(link.toString(), "broken link", "--data-dir");
    }

    @Test
    void saysWhyItCannotBeLocked() throws Exception {
        Path file = Files.createDirectory(parent.resolve("jeton.lock"));

        assertThatExceptionOfType(StartFailure.class)
                .isThrownBy(() -> DataDirectory.open(parent).tryLock())
                .withMessageContainingAll(file.toString(), ": Is a directory", "--data-dir");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a$b", "a`b", "a\"b", "a\\b"})
    void refusesADatabaseWherePostgresCannotRun(String name) {
        DataDirectory data = DataDirectory.open(parent.resolve(name));

        assertThatExceptionOfType(StartFailure.class)
                .isThrownBy(() -> EmbeddedDatabase.start(data, 1))
                .withMessageContainingAll(data.path().toString(), "contains " + name.charAt(1), "--data-dir");
        assertThat(data.path()).isEmptyDirectory();
    }

    @Test
    void refusesADatabaseWhosePathIsTooLong() {
        DataDirectory data = DataDirectory.open(parent.resolve(("x".repeat(200) + "/").repeat(5)));

        assertThatExceptionOfType(StartFailure.class)
                .isThrownBy(() -> EmbeddedDatabase.start(data, 1))
                .withMessageContainingAll("longer than 900 bytes", "--data-dir");
    }

    /** The disk that the link leads to may not be mounted yet. */
    @Test
    void doesNotReplaceABrokenLinkByAnEmptyDatabase() throws Exception {
        DataDirectory data = DataDirectory.open(parent);
        Files.createSymbolicLink(data.cluster(), parent.resolve("unmounted"));

        assertThatExceptionOfType(StartFailure.class)
                .isThrownBy(() -> EmbeddedDatabase.start(data, 1))
                .withMessageContainingAll(data.cluster().toString(), "no PG_VERSION");
        assertThat(data.cluster()).isSymbolicLink();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "\0\0\0", "x"})
    void refusesADatabaseOfAnUnknownVersion(String version) throws Exception {
        DataDirectory data = DataDirectory.open(parent);
        Path file = Files.writeString(Files.createDirectory(data.cluster()).resolve("PG_VERSION"), version);

        assertThatExceptionOfType(StartFailure.class)
                .isThrownBy(() -> EmbeddedDatabase.start(data, 1))
                .withMessageContainingAll(file + " is damaged", "backup");
    }

    @Test
    void refusesADatabaseOfAnotherUser() throws Exception {
        DataDirectory data = DataDirectory.open(parent);
        Path cluster = Files.createDirectory(data.cluster());
        assumeThat(Files.getAttribute(cluster, "unix:uid"))
                .as("only root can give away a directory")
                .isEqualTo(0);
        Files.setAttribute(cluster, "unix:uid", 12345);

        assertThatExceptionOfType(StartFailure.class)
                .isThrownBy(() -> EmbeddedDatabase.start(data, 1))
                .withMessageContainingAll(cluster + " belongs to 12345", "runs as root", "start it as 12345");
    }

    @Test
    void isLockedByOneServer() throws Exception {
        DataDirectory data = DataDirectory.open(parent);
        DataDirectory.Lock lock = data.lock();

        assertThat(data.tryLock()).isEmpty();
        assertThatExceptionOfType(StartFailure.class)
                .isThrownBy(data::lock)
                .withMessageContainingAll("Another Jeton", parent.toString());

        lock.close();
        try (DataDirectory.Lock again = data.lock()) {
            assertThat(again).isNotNull();
        }
    }

    @Test
    void ownerOnlyFilesReplaceOlderFiles() throws Exception {
        Path file = parent.resolve("secret");
        Files.writeString(file, "old");

        OwnerOnly.write(file, "new");

        assertThat(file).hasContent("new");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(parent).isDirectoryNotContaining(other -> !other.equals(file));
    }
}
