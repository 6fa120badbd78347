package dev.jeton.bootstrap.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
