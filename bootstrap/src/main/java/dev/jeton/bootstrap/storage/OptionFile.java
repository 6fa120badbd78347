package dev.jeton.bootstrap.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A file that an option names. Errors are lines that begin with the option and the path. Immutable. */
public record OptionFile(String option, Path path) {

    /** Returns the content; empty only if an error was added. */
    public Optional<byte[]> read(List<String> errors) {
        try {
            return Optional.of(Files.readAllBytes(path));
        } catch (IOException unreadable) {
            errors.add(error(FileErrors.describe(unreadable)));
            return Optional.empty();
        }
    }

    /** As {@link #read}, and a file that every user of this machine can read or write is an error. Such a file is still read. */
    public Optional<byte[]> readSecret(List<String> errors) {
        try {
            if (OwnerOnly.isWorldAccessible(path)) {
                errors.add(error("every user of this machine can access the file; run chmod o-rw on it"));
            }
        } catch (IOException unreadable) {
            errors.add(error(FileErrors.describe(unreadable)));
            return Optional.empty();
        }
        return read(errors);
    }

    /** Returns a line that names the option, the path and what is wrong. */
    public String error(String what) {
        return option + " " + path + ": " + what;
    }
}
