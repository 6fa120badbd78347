package dev.jeton.bootstrap.storage;

import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import io.zonky.test.db.postgres.util.LinuxUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Scanner;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * The PostgreSQL programs that are in Jeton's jar, unpacked. They are kept with the data and not in a shared temporary directory, where
 * another user could put other programs in their place and a cleaner could remove them under a running server. Immutable.
 */
final class PostgresBinaries {
    private static final int NAME_BYTES = 8;

    private final Path root;

    private PostgresBinaries(Path root) {
        this.root = root;
    }

    /** Unpacks them unless they are there as a whole, and removes those of other versions. */
    static PostgresBinaries unpackInto(Path directory) throws IOException {
        byte[] archive = archive();
        Path root = directory.resolve(nameOf(archive));
        if (!Files.isDirectory(root)) {
            FileTrees.delete(directory);
            Path draft = OwnerOnly.directory(directory).resolve("unpacking");
            unpack(archive, draft);
            Files.move(draft, root, StandardCopyOption.ATOMIC_MOVE);
        }
        return new PostgresBinaries(root);
    }

    /** A command that runs one of the programs, with messages in English, and as another user than root, which PostgreSQL refuses. */
    ProcessBuilder command(String program, List<String> arguments) {
        List<String> command = new ArrayList<>();
        if (LinuxUtils.isUnshareAvailable()) {
            command.addAll(List.of("unshare", "-U"));
        }
        command.add(root.resolve("bin").resolve(program).toString());
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
        builder.environment().put("LC_ALL", "C");
        return builder;
    }

    /** Such as 18; data directories of other major versions cannot be read. */
    String majorVersion() throws IOException {
        Process process = command("postgres", List.of("--version")).start();
        try (Reader output = process.inputReader(StandardCharsets.US_ASCII);
                Scanner words = new Scanner(output).useDelimiter("[ .]")) {
            return words.tokens()
                    .filter(word -> word.matches("[0-9]+"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static byte[] archive() throws IOException {
        String system = System.getProperty("os.name").startsWith("Mac") ? "Darwin" : System.getProperty("os.name");
        try (InputStream archive =
                DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(system, System.getProperty("os.arch"))) {
            return archive.readAllBytes();
        } catch (IllegalStateException e) {
            throw new StartFailure(
                    "No embedded PostgreSQL for " + system + " on " + System.getProperty("os.arch") + ": use --db-url",
                    e);
        }
    }

    private static String nameOf(byte[] archive) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(archive);
            return HexFormat.of().formatHex(digest, 0, NAME_BYTES);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java platform has SHA-256", impossible);
        }
    }

    private static void unpack(byte[] archive, Path target) throws IOException {
        try (TarArchiveInputStream tar =
                new TarArchiveInputStream(new XZInputStream(new ByteArrayInputStream(archive)))) {
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
