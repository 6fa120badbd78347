package dev.jeton.bootstrap.storage;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * The PostgreSQL programs from Jeton's jar, unpacked into the data directory. In a shared temporary directory another user could replace
 * them, or a cleaner could delete them under a running server. Immutable.
 */
final class PostgresBinaries {
    /** The version of PostgreSQL in the jar, such as 18.6.0. */
    static final String VERSION = readVersion();

    /** What the JVM calls a user without an entry in /etc/passwd. */
    private static final String NAMELESS = "?";

    private final Path root;
    private final List<String> prefix;

    /** @param prefix the words before each command */
    PostgresBinaries(Path root, List<String> prefix) {
        this.root = root;
        this.prefix = prefix;
    }

    /** Unpacks this version unless it is already complete and undamaged, and deletes other versions. */
    static PostgresBinaries unpackInto(Path directory) throws IOException {
        List<String> prefix = acceptableUser();
        Path root = directory.resolve(VERSION);
        if (!isComplete(root.resolve("bin")) || !isComplete(root.resolve("lib"))) {
            FileTrees.delete(directory);
            Path staging = OwnerOnly.directory(directory).resolve("unpacking");
            unpack(staging);
            Files.move(staging, root, StandardCopyOption.ATOMIC_MOVE);
        }
        return new PostgresBinaries(root, prefix);
    }

    /** A power failure soon after the unpacking leaves empty files. Flushing a thousand files would double the time of the first start. */
    private static boolean isComplete(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return false;
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(Path::toFile).allMatch(file -> file.isDirectory() || file.length() > 0);
        }
    }

    /** PostgreSQL cannot read the data directories of other major versions. */
    static String majorVersion() {
        return VERSION.substring(0, VERSION.indexOf('.'));
    }

    /**
     * Runs one of the programs to its end, with messages in English.
     *
     * @param output receives all that it prints
     * @return its exit status
     */
    int run(String program, List<String> arguments, Path output) {
        Path file = root.resolve("bin").resolve(program);
        if (!Files.isExecutable(file)) {
            throw new StartFailure("Cannot execute " + file
                    + ": its permissions or a noexec mount forbid it; choose another directory with --data-dir");
        }
        List<String> command = new ArrayList<>(prefix);
        command.add(file.toString());
        command.addAll(arguments);
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
        builder.environment().put("LC_ALL", "C");
        try {
            return builder.start().waitFor();
        } catch (IOException e) {
            throw new StartFailure("Cannot execute " + file + ": " + FileErrors.reason(e), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartFailure("Interrupted while PostgreSQL was starting", e);
        }
    }

    /**
     * Returns a prefix that runs a command as a user that PostgreSQL accepts. It refuses to run as root, and initdb as a user without a
     * name. In a user namespace of its own a process is the user nobody.
     */
    private static List<String> acceptableUser() {
        boolean root = isRoot();
        if (!root && !System.getProperty("user.name").equals(NAMELESS)) {
            return List.of();
        }
        List<String> prefix = List.of("unshare", "--user");
        try {
            List<String> attempt = new ArrayList<>(prefix);
            attempt.add("true");
            if (new ProcessBuilder(attempt).start().waitFor() == 0) {
                return prefix;
            }
        } catch (IOException notInstalled) {
            // Reported below.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new StartFailure((root
                        ? "PostgreSQL refuses to run as root"
                        : "PostgreSQL refuses to run as a user ID without an entry in /etc/passwd")
                + ": start Jeton as another user, or use --db-url");
    }

    private static boolean isRoot() {
        try {
            Path self = Path.of("/proc/self");
            return Files.exists(self) && Files.getAttribute(self, "unix:uid").equals(0);
        } catch (IOException e) {
            throw new StartFailure("Cannot tell which user runs Jeton: " + FileErrors.withFile(e), e);
        }
    }

    private static String readVersion() {
        Properties properties = new Properties();
        try (InputStream file = PostgresBinaries.class.getResourceAsStream("postgres.properties")) {
            properties.load(Objects.requireNonNull(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties.getProperty("version");
    }

    private static InputStream archive() {
        String name = archiveFor(
                System.getProperty("os.name"),
                System.getProperty("os.arch"),
                Files.exists(Path.of("/etc/alpine-release")));
        InputStream archive = PostgresBinaries.class.getResourceAsStream("/" + name);
        if (archive == null) {
            throw new StartFailure("No embedded PostgreSQL for this platform (" + name + "): use --db-url");
        }
        return archive;
    }

    /** Returns the archive's name in the PostgreSQL artifacts. The one for macOS contains both architectures. */
    static String archiveFor(String system, String architecture, boolean alpine) {
        if (system.startsWith("Mac")) {
            return "postgres-darwin-x86_64.txz";
        }
        String processor =
                switch (architecture) {
                    case "amd64", "x86_64" -> "x86_64";
                    case "aarch64", "arm64" -> "arm_64";
                    default -> architecture;
                };
        return "postgres-" + system.toLowerCase(Locale.ROOT) + "-" + processor + (alpine ? "-alpine_linux" : "")
                + ".txz";
    }

    private static void unpack(Path target) throws IOException {
        try (InputStream archive = new BufferedInputStream(archive());
                TarArchiveInputStream tar = new TarArchiveInputStream(new XZInputStream(archive))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path file = target.resolve(entry.getName()).normalize();
                if (entry.isDirectory()) {
                    OwnerOnly.directory(file);
                    continue;
                }
                OwnerOnly.directory(file.getParent());
                if (entry.isSymbolicLink()) {
                    Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
                } else {
                    Files.copy(tar, file);
                    file.toFile().setExecutable(file.getParent().endsWith("bin"));
                }
            }
        }
    }
}
