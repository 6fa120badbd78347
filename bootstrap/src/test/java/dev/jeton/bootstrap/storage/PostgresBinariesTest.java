package dev.jeton.bootstrap.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PostgresBinariesTest {
    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({
        "Linux,amd64,false",
        "Linux,aarch64,false",
        "Linux,amd64,true",
        "Mac OS X,x86_64,false",
        "Mac OS X,aarch64,false"
    })
    void areInTheJarForEveryPlatform(String system, String architecture, boolean alpine) {
        String name = PostgresBinaries.archiveFor(system, architecture, alpine);

        assertThat(getClass().getResource("/" + name)).as(name).isNotNull();
    }

    @Test
    void returnsTheStatusAndTheOutputOfAProgram() throws Exception {
        program("#!/bin/sh\necho out $1\necho error >&2\nexit 3\n", "rwx------");
        Path output = directory.resolve("output");

        assertThat(run(output)).isEqualTo(3);
        assertThat(output).hasContent("out argument\nerror");
    }

    /** As on a file system mounted with noexec, also for root. */
    @Test
    void namesAProgramThatMustNotBeExecuted() throws Exception {
        Path program = program("#!/bin/sh\n", "rw-------");

        assertThatExceptionOfType(StartFailure.class)
                .isThrownBy(() -> run(directory.resolve("output")))
                .withMessageContainingAll("Cannot execute " + program, "noexec", "--data-dir");
    }

    @Test
    void saysWhyAProgramCannotBeExecuted() throws Exception {
        Path program = program("#!/no/such/interpreter\n", "rwx------");

        assertThatExceptionOfType(StartFailure.class)
                .isThrownBy(() -> run(directory.resolve("output")))
                .withMessageContainingAll("Cannot execute " + program, "No such file or directory");
    }

    private int run(Path output) {
        return new PostgresBinaries(directory, List.of()).run("initdb", List.of("argument"), output);
    }

    private Path program(String script, String permissions) throws Exception {
        Path file = Files.createDirectories(directory.resolve("bin")).resolve("initdb");
        return Files.setPosixFilePermissions(
                Files.writeString(file, script), PosixFilePermissions.fromString(permissions));
    }
}
