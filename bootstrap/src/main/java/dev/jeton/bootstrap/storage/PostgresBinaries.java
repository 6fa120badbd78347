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

    private final Path root;
    private final List<String> prefix;

    private PostgresBinaries(Path root, List<String> prefix) {
        this.root = root;
        this.prefix = prefix;
    }

    /** Unpacks this version unless it is already complete, and deletes other versions. */
    static PostgresBinaries unpackInto(Path directory) throws IOException {
        Path root = directory.resolve(VERSION);
        if (!Files.isDirectory(root)) {
            FileTrees.delete(directory);
            Path staging = OwnerOnly.directory(directory).resolve("unpacking");
            unpack(staging);
            Files.move(staging, root, StandardCopyOption.ATOMIC_MOVE);
        }
        return new PostgresBinaries(root, dropRoot());
    }

    /** PostgreSQL cannot read the data directories of other major versions. */
    static String majorVersion() {
        return VERSION.substring(0, VERSION.indexOf('.'));
    }

    /** Builds a command that runs one of the programs, with messages in English. */
    ProcessBuilder command(String program, List<String> arguments) {
        List<String> command = new ArrayList<>(prefix);
        command.add(root.resolve("bin").resolve(program).toString());
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
        builder.environment().put("LC_ALL", "C");
        return builder;
    }

    /** Returns a prefix that runs a command in its own user namespace if Jeton is root, because PostgreSQL refuses to run as root. */
    private static List<String> dropRoot() throws IOException {
        Path self = Path.of("/proc/self");
        if (!Files.exists(self) || !Files.getAttribute(self, "unix:uid").equals(0)) {
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
        throw new StartFailure("PostgreSQL refuses to run as root: start Jeton as another user, or use --db-url");
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
